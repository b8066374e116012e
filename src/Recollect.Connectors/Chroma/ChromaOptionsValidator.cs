using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <summary>Says everything that is wrong with <see cref="ChromaOptions"/> at once, where the store is in use.</summary>
/// <param name="configuration">Says which store is in use.</param>
internal sealed class ChromaOptionsValidator(IConfiguration configuration) : IValidateOptions<ChromaOptions>
{
    private const int ShortestPrefix = 2;
    private const int LongestPrefix = 64;
    private const int ShortestName = 3;
    private const int LongestName = 512;
    private const int MostCalls = 256;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ChromaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.Equals(configuration[$"{StoreOptions.SectionName}:{nameof(StoreOptions.Use)}"], ChromaMemoryStore.StoreName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        var errors = new SettingErrors(ChromaOptions.SectionName);
        errors.AddIfWrong(nameof(ChromaOptions.Url), WhatIsWrongWithUrl(options.Url));
        errors.AddIfWrong(nameof(ChromaOptions.Tenant), WhatIsWrongWithName(options.Tenant, "default_tenant"));
        errors.AddIfWrong(nameof(ChromaOptions.Database), WhatIsWrongWithName(options.Database, "default_database"));
        errors.AddIfWrong(nameof(ChromaOptions.Token), options.Token.All(static letter => letter is > ' ' and <= '~') ? null : "holds a blank, a line break or another character that no header can hold; check where it was copied from.");
        errors.AddIfWrong(nameof(ChromaOptions.CollectionPrefix), IsPrefix(options.CollectionPrefix) ? null : $"must be {ShortestPrefix} to {LongestPrefix} letters, digits, dots, dashes and underscores, the first a letter or digit.");
        errors.AddIfOutside(nameof(ChromaOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        errors.AddIfOutside(nameof(ChromaOptions.Concurrency), options.Concurrency, 1, MostCalls);
        return errors.Result;
    }

    /// <summary>Never repeats the address: a wrong one may hold a password.</summary>
    private static string? WhatIsWrongWithUrl(string url)
    {
        const string Expected = "expected the address of the server, such as http://127.0.0.1:8000.";
        return string.IsNullOrWhiteSpace(url) ? $"is empty; {Expected}"
            : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? $"is no http or https address; {Expected}"
            : uri.UserInfo.Length > 0 ? $"holds a user or password; {Expected} A key belongs into Token."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"holds a query or fragment; {Expected}"
            : uri.AbsolutePath.Contains("/api/v", StringComparison.OrdinalIgnoreCase) ? $"holds the path of the API, which is added to it; {Expected}"
            : null;
    }

    private static string? WhatIsWrongWithName(string name, string usual) =>
        name.Length is < ShortestName or > LongestName || name.Any(static letter => char.IsControl(letter) || letter is '/') || name.All(static letter => letter is '.')
            ? $"must be {ShortestName} to {LongestName} characters without slashes; it is most often \"{usual}\"."
            : null;

    private static bool IsPrefix(string prefix) =>
        prefix.Length is >= ShortestPrefix and <= LongestPrefix && char.IsAsciiLetterOrDigit(prefix[0]) && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
