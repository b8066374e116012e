using Microsoft.Extensions.Options;

namespace Recollect.Connectors.Anthropic;

/// <summary>Checks the ranges at start, where the client is in use.</summary>
[OptionsValidator]
internal sealed partial class AnthropicOptionsValidator : IValidateOptions<AnthropicOptions>;
