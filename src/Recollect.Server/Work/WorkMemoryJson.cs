using System.ComponentModel;
using Recollect.Conversations;
using Recollect.Memorize.Generation;

namespace Recollect.Server.Work;

/// <summary>A memory that a worker made.</summary>
internal sealed record WorkMemoryJson
{
    [Description("The id of the conversation.")]
    public required string ConversationId { get; init; }

    [Description("Of how many messages of the conversation it was made, from the first on.")]
    public required int Messages { get; init; }

    [Description("What it was made from, and how.")]
    public required Fingerprint Fingerprint { get; init; }

    [Description("The summary; may be empty.")]
    public required string Summary { get; init; }

    [Description("The conversation word for word; null unless the writer keeps it.")]
    public string? Content { get; init; }

    [Description("Free-form data: the text of a JSON object; null for none.")]
    public string? Data { get; init; }

    [Description("The topics, most important first.")]
    public required IReadOnlyList<string> Topics { get; init; }

    [Description("The facts, each with the messages that it rests on.")]
    public required IReadOnlyList<Fact> Facts { get; init; }

    [Description("The messages that the summary rests on; at least one.")]
    public required IReadOnlyList<Citation> Citations { get; init; }

    public WrittenMemory ToWritten() => new()
    {
        Summary = Summary,
        Content = Content,
        Data = Data,
        Topics = Topics,
        Facts = Facts,
        Citations = Citations,
    };
}
