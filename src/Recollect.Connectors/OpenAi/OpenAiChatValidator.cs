using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;

namespace Recollect.Connectors.OpenAi;

/// <summary>Checks settings at start where the client is in use: ranges, an address, and a key that a header can carry.</summary>
/// <param name="generation">Says which writer is in use.</param>
/// <param name="llm">Says which client it uses.</param>
internal sealed class OpenAiChatValidator(IOptions<GenerationOptions> generation, IOptions<LlmOptions> llm) : IValidateOptions<OpenAiChatOptions>
{
    private readonly OpenAiChatOptionsValidator _ranges = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, OpenAiChatOptions options) =>
        ChatSettings.AreUsed(generation, llm, OpenAiChatOptions.ClientName)
            ? ChatSettings.Check(OpenAiChatOptions.SectionName, options.Endpoint, options.ApiKey, "https://api.openai.com/v1 or http://localhost:11434/v1", _ranges.Validate(name, options))
            : ValidateOptionsResult.Skip;
}
