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
        var errors = new SettingErrors(SupabaseOptions.SectionName);
        if (string.Equals(configuration[$"{SourceOptions.SectionName}:{nameof(SourceOptions.Use)}"], SupabaseSource.SourceName, StringComparison.Ordinal))
        {
            errors.AddIfWrong(nameof(SupabaseOptions.Url), WhatIsWrongWithUrl(options.Url));
            errors.AddIfWrong(nameof(SupabaseOptions.Key), SupabaseKey.WhatIsWrong(options.Key));
        }

        errors.AddIfOutside(nameof(SupabaseOptions.MessagesPerCall), options.MessagesPerCall, 1, MostMessages);
        errors.AddIfOutside(nameof(SupabaseOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        errors.AddIfOutside(nameof(SupabaseOptions.Attempts), options.Attempts, FewestAttempts, MostAttempts);
        errors.AddIfOutside(nameof(SupabaseOptions.Delay), options.Delay, TimeSpan.Zero, ApiRetries.LongestPause);
        return errors.Result;
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
}
