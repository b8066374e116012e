using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Recollect.Connectors.Service;

/// <summary>Says everything that is wrong with <see cref="ServiceOptions"/> at once. The address is needed only when a part of the service is in use.</summary>
/// <param name="configuration">Says which parts are in use.</param>
internal sealed class ServiceOptionsValidator(IConfiguration configuration) : IValidateOptions<ServiceOptions>
{
    private const int FewestAttempts = 2;
    private const int MostAttempts = 20;

    private static readonly string[] Choices = ["Sources:Use", "Stores:Use", "State:Use"];
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new SettingErrors(ServiceOptions.SectionName);
        if (Choices.Any(choice => string.Equals(configuration[choice], ServiceServices.PartName, StringComparison.Ordinal)))
        {
            errors.AddIfWrong(nameof(ServiceOptions.Url), WhatIsWrongWithUrl(options.Url));
            errors.AddIfWrong(nameof(ServiceOptions.ApiKey), options.ApiKey.All(IsOfKeys) ? null : "holds a character that no key has; expected what \"recollect key new\" printed.");
        }

        errors.AddIfOutside(nameof(ServiceOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        errors.AddIfOutside(nameof(ServiceOptions.Attempts), options.Attempts, FewestAttempts, MostAttempts);
        errors.AddIfOutside(nameof(ServiceOptions.Delay), options.Delay, TimeSpan.Zero, ApiRetries.LongestPause);
        return errors.Result;
    }

    private static bool IsOfKeys(char character) => character is > ' ' and < '\x7f';

    /// <summary>Never repeats the address: a wrong one may hold a password.</summary>
    private static string? WhatIsWrongWithUrl(string url)
    {
        const string Expected = "expected the address of recollect serve, such as https://memory.example.";
        return string.IsNullOrWhiteSpace(url) ? $"is empty; {Expected}"
            : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? $"is no http or https address; {Expected}"
            : uri.UserInfo.Length > 0 ? $"holds a user or password; {Expected} The key belongs into ApiKey."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"holds a query or fragment; {Expected}"
            : uri.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.OrdinalIgnoreCase) ? $"ends in /api, which is added to it; {Expected}"
            : null;
    }
}
