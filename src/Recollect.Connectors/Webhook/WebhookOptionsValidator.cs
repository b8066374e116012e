using Microsoft.Extensions.Options;

namespace Recollect.Connectors.Webhook;

/// <summary>Checks the ranges at start, and the address where the webhook is in use.</summary>
[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
