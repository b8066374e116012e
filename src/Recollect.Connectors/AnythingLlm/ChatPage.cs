using Recollect.Ingest.Sources;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>One page of chats, newest first.</summary>
internal sealed record ChatPage
{
    /// <summary>Gets the rows that could be read.</summary>
    public required IReadOnlyList<ChatRow> Rows { get; init; }

    /// <summary>Gets the rows that could not.</summary>
    public required IReadOnlyList<UnreadableItem> Unreadable { get; init; }

    /// <summary>Gets a value indicating whether the server says that there are more pages.</summary>
    public required bool HasPages { get; init; }

    /// <summary>Gets a hash of the chats, by which a page is known again.</summary>
    public required string Hash { get; init; }

    /// <summary>Gets a value indicating whether there is no row at all.</summary>
    public bool IsEmpty => Rows.Count == 0 && Unreadable.Count == 0;
}
