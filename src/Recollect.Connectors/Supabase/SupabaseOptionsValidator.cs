using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.Supabase;

/// <summary>Says everything that is wrong with <see cref="SupabaseOptions"/> at once. Address and key are needed only when the source is in use.</summary>
/// <param name="configuration">Says which source is in use.</param>
internal sealed class SupabaseOptionsValidator(IConfiguration configuration) : IValidateOptions<SupabaseOptions>
{
    private const int FewestAttempts = 2;
    private const int MostAttempts = 20;
    private const int MostMessages = 10_000;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SupabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (string.Equals(configuration[$"{SourceOptions.SectionName}:{nameof(SourceOptions.Use)}"], SupabaseSource.SourceName, StringComparison.Ordinal))
        {
            AddIfWrong(errors, nameof(SupabaseOptions.Url), WhatIsWrongWithUrl(options.Url));
            AddIfWrong(errors, nameof(SupabaseOptions.Key), SupabaseKey.WhatIsWrong(options.Key));
        }

        AddIfOutside(errors, nameof(SupabaseOptions.MessagesPerCall), options.MessagesPerCall, 1, MostMessages);
        AddIfOutside(errors, nameof(SupabaseOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        AddIfOutside(errors, nameof(SupabaseOptions.Attempts), options.Attempts, FewestAttempts, MostAttempts);
        AddIfOutside(errors, nameof(SupabaseOptions.Delay), options.Delay, TimeSpan.Zero, ApiRetries.LongestPause);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Never repeats the address: a wrong one may hold a password.</summary>
    private static string? WhatIsWrongWithUrl(string url)
    {
        const string Expected = "expected the address of the project, such as https://PROJECT.supabase.co.";
        return string.IsNullOrWhiteSpace(url) ? $"is empty; {Expected}"
            : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? $"is no http or https address; {Expected}"
            : uri.UserInfo.Length > 0 ? $"holds a user or password; {Expected} The key belongs into Key."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"holds a query or fragment; {Expected}"
            : uri.AbsolutePath.TrimEnd('/').EndsWith("/rest/v1", StringComparison.OrdinalIgnoreCase) ? $"ends in /rest/v1, which is added to it; {Expected}"
            : null;
    }

    private static void AddIfWrong(List<string> errors, string setting, string? wrong)
    {
        if (wrong is not null)
        {
            errors.Add($"{SupabaseOptions.SectionName}:{setting} {wrong}");
        }
    }

    private static void AddIfOutside<T>(List<string> errors, string setting, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        AddIfWrong(errors, setting, value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : null);
}
