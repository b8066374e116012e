using Microsoft.Extensions.AI;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>One request to a model.</summary>
/// <param name="System">What it shall do.</param>
/// <param name="Material">What it shall do it with.</param>
/// <param name="Schema">What the reply must fit.</param>
internal sealed record LlmRequest(ChatMessage System, string Material, MemorySchema Schema)
{
    /// <summary>Gets the messages.</summary>
    public IReadOnlyList<ChatMessage> Messages => [System, new(ChatRole.User, Material)];

    /// <summary>Gets the tokens, as estimated.</summary>
    public long Tokens => TokenEstimate.Of(System.Text) + TokenEstimate.Of(Material) + (2 * LlmInstructions.FrameOfAMessage);

    /// <summary>Gets what the request can never exceed, in tokens; the schema may be counted once more where it is sent beside the prompt.</summary>
    public long MostTokens => TokenEstimate.Most(System.Text) + TokenEstimate.Most(Material) + TokenEstimate.Most(Schema.Text) + (8 * LlmInstructions.FrameOfAMessage);

    /// <summary>Gets the same request after a reply that could not be used.</summary>
    /// <param name="misfit">What was wrong with it.</param>
    public LlmRequest Again(string misfit) => this with
    {
        Material = $"{Material}\n\nAn earlier reply was refused: {misfit}. Reply with the whole JSON object again, and keep to the schema.",
    };
}
