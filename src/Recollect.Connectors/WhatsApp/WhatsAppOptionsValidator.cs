using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recollect.Connectors.WhatsApp;

/// <summary>Says everything that is wrong with <see cref="WhatsAppOptions"/> at once. Instance and token may be empty: only the bot needs them, and its channel says so.</summary>
internal sealed class WhatsAppOptionsValidator : IValidateOptions<WhatsAppOptions>
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WhatsAppOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        AddIf(errors, nameof(options.Url), !Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"), "is no http or https address; the console of GREEN-API shows it as apiUrl.");
        AddIf(errors, nameof(options.Url), url is not null && (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0), "holds a user, password, query or fragment; the token belongs into Token.");
        AddIf(errors, nameof(options.Instance), !options.Instance.All(char.IsAsciiDigit), "holds something other than digits; the console of GREEN-API shows it as idInstance.");
        AddIf(errors, nameof(options.Token), !options.Token.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), "holds something other than letters, digits, - and _; the console of GREEN-API shows it as apiTokenInstance.");
        AddIf(errors, nameof(options.ReceiveTimeout), options.ReceiveTimeout < ShortestWait || options.ReceiveTimeout > LongestWait || options.ReceiveTimeout.Ticks % TimeSpan.TicksPerSecond != 0, $"is {options.ReceiveTimeout}; it must be whole seconds between {ShortestWait} and {LongestWait}.");
        AddIf(errors, nameof(options.Timeout), options.Timeout < ShortestTimeout || options.Timeout > LongestTimeout, $"is {options.Timeout}; it must be between {ShortestTimeout} and {LongestTimeout}.");
        AddIf(errors, nameof(options.MaxCharacters), options.MaxCharacters is < 100 or > 20_000, string.Create(CultureInfo.InvariantCulture, $"is {options.MaxCharacters}; it must be between 100 and 20000."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void AddIf(List<string> errors, string setting, bool isWrong, string wrong)
    {
        if (isWrong)
        {
            errors.Add($"{WhatsAppOptions.SectionName}:{setting} {wrong}");
        }
    }
}
