using Microsoft.Extensions.Options;

namespace Recollect.Connectors.WhatsApp;

/// <summary>Says everything that is wrong with <see cref="WhatsAppOptions"/> at once. Instance and token may be empty: only the bot needs them, and its channel says so.</summary>
internal sealed class WhatsAppOptionsValidator : IValidateOptions<WhatsAppOptions>
{
    private const int FewestCharacters = 100;
    private const int MostCharacters = 20_000;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WhatsAppOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new SettingErrors(WhatsAppOptions.SectionName);
        var isAddress = Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https");
        errors.AddIfWrong(nameof(options.Url), !isAddress ? "is no http or https address; the console of GREEN-API shows it as apiUrl."
            : url!.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 ? "holds a user, password, query or fragment; the token belongs into Token." : null);
        errors.AddIfWrong(nameof(options.Instance), options.Instance.All(char.IsAsciiDigit) ? null : "holds something other than digits; the console of GREEN-API shows it as idInstance.");
        errors.AddIfWrong(nameof(options.Token), options.Token.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? null : "holds something other than letters, digits, - and _; the console of GREEN-API shows it as apiTokenInstance.");
        errors.AddIfOutside(nameof(options.ReceiveTimeout), options.ReceiveTimeout, ShortestWait, LongestWait);
        errors.AddIfWrong(nameof(options.ReceiveTimeout), options.ReceiveTimeout.Ticks % TimeSpan.TicksPerSecond == 0 ? null : $"is {options.ReceiveTimeout}; it must be whole seconds.");
        errors.AddIfOutside(nameof(options.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        errors.AddIfOutside(nameof(options.MaxCharacters), options.MaxCharacters, FewestCharacters, MostCharacters);
        return errors.Result;
    }
}
