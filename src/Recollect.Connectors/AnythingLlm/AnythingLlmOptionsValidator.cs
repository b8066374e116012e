using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Says everything that is wrong with <see cref="AnythingLlmOptions"/> at once. Address and key are needed only when the source is in use.</summary>
/// <param name="configuration">Says which source is in use.</param>
internal sealed class AnythingLlmOptionsValidator(IConfiguration configuration) : IValidateOptions<AnythingLlmOptions>
{
    private const int FewestAttempts = 4;
    private const int MostAttempts = 20;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AnythingLlmOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (string.Equals(configuration[$"{SourceOptions.SectionName}:{nameof(SourceOptions.Use)}"], AnythingLlmSource.SourceName, StringComparison.Ordinal))
        {
            AddIfWrong(errors, nameof(AnythingLlmOptions.Url), WhatIsWrongWithUrl(options.Url));
            AddIfWrong(errors, nameof(AnythingLlmOptions.ApiKey), WhatIsWrongWithKey(options.ApiKey));
        }

        AddIfOutside(errors, nameof(AnythingLlmOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        AddIfOutside(errors, nameof(AnythingLlmOptions.Attempts), options.Attempts, FewestAttempts, MostAttempts);
        AddIfOutside(errors, nameof(AnythingLlmOptions.Delay), options.Delay, TimeSpan.Zero, ApiRetries.LongestPause);
        AddIfWrong(errors, nameof(AnythingLlmOptions.Tenant), string.IsNullOrWhiteSpace(options.Tenant) ? "is empty." : null);
        AddIfWrong(errors, nameof(AnythingLlmOptions.Scope), string.IsNullOrWhiteSpace(options.Scope) ? "is empty." : null);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Never repeats the address: a wrong one may hold a password.</summary>
    private static string? WhatIsWrongWithUrl(string url)
    {
        const string Expected = "expected the address of the API, such as http://localhost:3001/api.";
        return string.IsNullOrWhiteSpace(url) ? $"is empty; {Expected}"
            : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? $"is no http or https address; {Expected}"
            : uri.UserInfo.Length > 0 ? $"holds a user or password; {Expected} The key belongs into ApiKey."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"holds a query or fragment; {Expected}"
            : null;
    }

    private static string? WhatIsWrongWithKey(string key) =>
        string.IsNullOrWhiteSpace(key) ? "is empty; make a key in AnythingLLM under Settings > Tools > Developer API."
            : key.AsSpan().ContainsAnyExceptInRange('!', '~') ? "holds a space, line break or other character that no key has."
            : null;

    private static void AddIfWrong(List<string> errors, string setting, string? wrong)
    {
        if (wrong is not null)
        {
            errors.Add($"{AnythingLlmOptions.SectionName}:{setting} {wrong}");
        }
    }

    private static void AddIfOutside<T>(List<string> errors, string setting, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        AddIfWrong(errors, setting, value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : null);
}
