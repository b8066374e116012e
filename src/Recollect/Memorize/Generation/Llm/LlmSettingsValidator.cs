using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Checks at start, where the writer is in use, that prompt and schema can be read and leave room for a transcript.</summary>
/// <param name="generation">Says which writer is in use.</param>
internal sealed class LlmSettingsValidator(IOptions<GenerationOptions> generation) : IValidateOptions<LlmOptions>
{
    private const int LeastRoom = 512;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, LlmOptions options)
    {
        if (!string.Equals(generation.Value.Use, LlmWriter.WriterName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        try
        {
            var instructions = new LlmInstructions(PromptText.Load(options.Prompt), MemorySchema.Load(options.Schema));
            return options.MaxInputTokens - instructions.Tokens >= LeastRoom ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{LlmOptions.SectionName}:MaxInputTokens ({options.MaxInputTokens}) must leave {LeastRoom} tokens for the transcript beside prompt and schema ({instructions.Tokens}); raise it, or shorten them."));
        }
        catch (ConfigurationException ex)
        {
            return ValidateOptionsResult.Fail(ex.Message);
        }
    }
}
