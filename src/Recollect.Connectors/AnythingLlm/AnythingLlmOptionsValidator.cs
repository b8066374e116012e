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
        var errors = new SettingErrors(AnythingLlmOptions.SectionName);
        if (string.Equals(configuration[$"{SourceOptions.SectionName}:{nameof(SourceOptions.Use)}"], AnythingLlmSource.SourceName, StringComparison.Ordinal))
        {
            errors.AddIfWrong(nameof(AnythingLlmOptions.Url), WhatIsWrongWithUrl(options.Url));
            errors.AddIfWrong(nameof(AnythingLlmOptions.ApiKey), WhatIsWrongWithKey(options.ApiKey));
        }

        errors.AddIfOutside(nameof(AnythingLlmOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        errors.AddIfOutside(nameof(AnythingLlmOptions.Attempts), options.Attempts, FewestAttempts, MostAttempts);
        errors.AddIfOutside(nameof(AnythingLlmOptions.Delay), options.Delay, TimeSpan.Zero, ApiRetries.LongestPause);
        errors.AddIfWrong(nameof(AnythingLlmOptions.Tenant), string.IsNullOrWhiteSpace(options.Tenant) ? "is empty." : null);
        errors.AddIfWrong(nameof(AnythingLlmOptions.Scope), string.IsNullOrWhiteSpace(options.Scope) ? "is empty." : null);
        return errors.Result;
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
}
