using System.Globalization;
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
        List<string> errors = [];
        if (Choices.Any(choice => string.Equals(configuration[choice], ServiceServices.PartName, StringComparison.Ordinal)))
        {
            AddIfWrong(errors, nameof(ServiceOptions.Url), WhatIsWrongWithUrl(options.Url));
            AddIfWrong(errors, nameof(ServiceOptions.ApiKey), options.ApiKey.All(IsOfKeys) ? null : "holds a character that no key has; expected what \"recollect key new\" printed.");
        }

        AddIfOutside(errors, nameof(ServiceOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        AddIfOutside(errors, nameof(ServiceOptions.Attempts), options.Attempts, FewestAttempts, MostAttempts);
        AddIfOutside(errors, nameof(ServiceOptions.Delay), options.Delay, TimeSpan.Zero, ApiRetries.LongestPause);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
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

    private static void AddIfWrong(List<string> errors, string setting, string? wrong)
    {
        if (wrong is not null)
        {
            errors.Add($"{ServiceOptions.SectionName}:{setting} {wrong}");
        }
    }

    private static void AddIfOutside<T>(List<string> errors, string setting, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        AddIfWrong(errors, setting, value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : null);
}
