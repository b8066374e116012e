namespace Recollect.Connectors.Webhook.Imported;

/// <summary>A memory that the program before kept.</summary>
internal sealed record ImportedRecord
{
    /// <summary>Gets the entry as it stands in the file.</summary>
    public required byte[] Raw { get; init; }

    /// <summary>Gets the workspace's id; null when the entry cannot be read.</summary>
    public required string? WorkspaceId { get; init; }

    /// <summary>Gets the thread's id.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Gets the user under whose name it was sent; null where none is given.</summary>
    public string? User { get; init; }

    /// <summary>Gets when the conversation began; null where it is not said.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the workspace's name; null where none is given.</summary>
    public string? Workspace { get; init; }

    /// <summary>Gets the receiver's summary; empty where there is none.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>Gets the receiver's status; null where none is given.</summary>
    public string? Status { get; init; }

    /// <summary>Gets how many questions the recorded text holds, at least 1; 0 where no text was recorded.</summary>
    public int Chats { get; init; }

    /// <summary>Gets a value indicating whether the text that was sent is recorded.</summary>
    public bool HasText => Chats > 0;

    /// <summary>Reads an entry.</summary>
    /// <param name="raw">Valid JSON.</param>
    public static ImportedRecord Read(byte[] raw)
    {
        try
        {
            using var item = new ImportedItem(raw);
            var text = item.Text("conversation");
            return new()
            {
                Raw = raw,
                WorkspaceId = item.Text("workspaceID") is { Length: > 0 } id ? id : null,
                ThreadId = ImportedThread.NameOf(item.Text("threadID")),
                User = item.Text("user"),
                CreatedAt = item.Time("createdAt"),
                Workspace = item.Text("workspace"),
                Summary = item.Text("summary") ?? string.Empty,
                Status = item.Text("memoryStatus"),
                Chats = string.IsNullOrWhiteSpace(text) ? 0 : RecordedText.Chats(text),
            };
        }
        catch (InvalidOperationException) // a name with half a surrogate pair
        {
            return new() { Raw = raw, WorkspaceId = null, ThreadId = string.Empty };
        }
    }

    /// <summary>Gets the text that was sent.</summary>
    /// <remarks>Read from the entry each time, so that all texts are not held twice.</remarks>
    public string Text()
    {
        using var item = new ImportedItem(Raw);
        return item.Text("conversation")?.Trim() ?? string.Empty;
    }
}
