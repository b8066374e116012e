using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Writes requests: what the model shall do, the rules, the schema, and below them the transcript between markers that cannot occur in it.</summary>
internal sealed class LlmInstructions
{
    /// <summary>What an endpoint adds to each message, in tokens.</summary>
    public const int FrameOfAMessage = 4;

    private const int Frame = 150; // the markers and the sentences around them

    private readonly ChatMessage _system;

    /// <summary>Initializes a new instance of the <see cref="LlmInstructions"/> class.</summary>
    /// <param name="prompt">What the model shall do.</param>
    /// <param name="schema">What the reply must fit.</param>
    public LlmInstructions(string prompt, MemorySchema schema)
    {
        Schema = schema;
        var system = $"{prompt}\n\n{PromptText.Shipped("Prompts/rules.txt")}\n\nThe JSON schema of the reply:\n{schema.Text}";
        _system = new(ChatRole.System, system);
        Tokens = TokenEstimate.Of(system) + Frame;
        Version = StableHash.Of(6, system, "transcript/1");
    }

    /// <summary>Gets what the reply must fit.</summary>
    public MemorySchema Schema { get; }

    /// <summary>Gets the tokens of everything but the transcript, as estimated.</summary>
    public long Tokens { get; }

    /// <summary>Gets a name that changes with any word of them; part of the fingerprint.</summary>
    public string Version { get; }

    /// <summary>Asks for the memory of a transcript.</summary>
    /// <param name="part">The transcript, or a part of it.</param>
    /// <param name="conversation">The conversation.</param>
    public LlmRequest Ask(IReadOnlyList<TranscriptPiece> part, Conversation conversation)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < part.Count; i++)
        {
            if (i == 0 || !string.Equals(part[i - 1].Day, part[i].Day, StringComparison.Ordinal))
            {
                lines.Append(part[i].Day).Append('\n');
            }

            lines.Append(part[i].Line).Append('\n');
        }

        var isWhole = part[0].Position == 0 && part[^1].Position == conversation.Messages.Count - 1;
        var shown = string.Create(CultureInfo.InvariantCulture, $"{(isWhole ? "The transcript has" : "This part of the transcript has")} {part[^1].Position - part[0].Position + 1} messages; days are days of UTC.");
        return Between(lines.ToString(), conversation, shown);
    }

    /// <summary>Asks for one description of parts that were described each for itself.</summary>
    /// <param name="descriptions">The descriptions, each in one line.</param>
    /// <param name="conversation">The conversation.</param>
    public LlmRequest AskToMerge(IEnumerable<string> descriptions, Conversation conversation) =>
        Between(string.Concat(descriptions.Select(description => description + "\n")), conversation, PromptText.Shipped("Prompts/merge.txt"));

    private LlmRequest Between(string material, Conversation conversation, string shown)
    {
        var marker = Marker(material, conversation);
        return new(_system, $"{shown} It stands between the lines \"BEGIN {marker}\" and \"END {marker}\".\n\nBEGIN {marker}\n{material}END {marker}\n\nReply with the JSON object now.", Schema);
    }

    /// <summary>Makes a marker from the content, which nobody who writes the content can know, and which it does not hold.</summary>
    private static string Marker(string material, Conversation conversation)
    {
        for (var i = 0; ; i++)
        {
            var marker = StableHash.Of(8, conversation.ContentHash, i.ToString(CultureInfo.InvariantCulture));
            if (!material.Contains(marker, StringComparison.OrdinalIgnoreCase))
            {
                return marker;
            }
        }
    }
}
