using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors.Webhook;

/// <summary>Checks at start that there is an address where the webhook is in use, and a credential that a header can carry.</summary>
internal sealed class WebhookAddressValidator(IOptions<GenerationOptions> generation) : IValidateOptions<WebhookOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        if (!string.Equals(generation.Value.Use, WebhookWriter.WriterName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        var failures = new List<string>();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            failures.Add($"{WebhookOptions.SectionName}:Url {(options.Url.Length == 0 ? "is empty" : "is no address")}; it must be an absolute http or https address that takes a POST.");
        }

        if (options.Credential.Any(char.IsControl) || options.Credential.Any(character => character > '\u007E'))
        {
            failures.Add($"{WebhookOptions.SectionName}:Credential holds a character that no header may carry, such as a line break; check where it was copied from.");
        }

        if (options.CredentialHeader.Length == 0 || options.CredentialHeader.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')))
        {
            failures.Add($"{WebhookOptions.SectionName}:CredentialHeader is \"{options.CredentialHeader}\"; it must be the name of a header, such as Authorization or X-Api-Key.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
