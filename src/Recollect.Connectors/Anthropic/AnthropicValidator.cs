using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;

namespace Recollect.Connectors.Anthropic;

/// <summary>Checks settings at start where the client is in use: ranges, an address, and a key that a header can carry.</summary>
/// <param name="generation">Says which writer is in use.</param>
/// <param name="llm">Says which client it uses.</param>
internal sealed class AnthropicValidator(IOptions<GenerationOptions> generation, IOptions<LlmOptions> llm) : IValidateOptions<AnthropicOptions>
{
    private readonly AnthropicOptionsValidator _ranges = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AnthropicOptions options) =>
        ChatSettings.AreUsed(generation, llm, AnthropicOptions.ClientName)
            ? ChatSettings.Check(AnthropicOptions.SectionName, options.Endpoint, options.ApiKey, "https://api.anthropic.com/v1", _ranges.Validate(name, options))
            : ValidateOptionsResult.Skip;
}
