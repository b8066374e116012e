namespace Recollect.Connectors.Webhook.Imported;

/// <summary>All that the program before left. Safe to call concurrently.</summary>
internal sealed class ImportedMemories
{
    private readonly Dictionary<(string Workspace, string Thread), ImportedThread> _threads = [];
    private readonly TimeSpan _window;

    /// <summary>Initializes a new instance of the <see cref="ImportedMemories"/> class.</summary>
    /// <param name="records">The memories.</param>
    /// <param name="entries">The notes of what was sent.</param>
    /// <param name="window">The longest silence within a conversation.</param>
    public ImportedMemories(IReadOnlyList<ImportedRecord> records, IReadOnlyList<ImportedEntry> entries, TimeSpan window)
    {
        (Records, Entries, _window) = (records, entries, window);
        foreach (var record in records.Where(record => record.WorkspaceId is not null))
        {
            Thread(record.WorkspaceId!, record.ThreadId).Records.Add(record);
        }

        foreach (var entry in entries.Where(entry => entry.WorkspaceId is not null))
        {
            Thread(entry.WorkspaceId!, entry.ThreadId).Entries.Add(entry);
        }

        Latest = records.Where(record => record.WorkspaceId is not null).Select(LatestOf)
            .Concat(entries.Select(entry => After(entry.ThreadSentUntil ?? entry.StartedAt ?? DateTimeOffset.MinValue, TimeSpan.FromSeconds(1))))
            .DefaultIfEmpty(DateTimeOffset.MinValue).Max();
    }

    /// <summary>Gets the memories, in the order of the file.</summary>
    public IReadOnlyList<ImportedRecord> Records { get; }

    /// <summary>Gets the notes of what was sent, in the order of the file.</summary>
    public IReadOnlyList<ImportedEntry> Entries { get; }

    /// <summary>Gets a moment after which no conversation began that was sent.</summary>
    public DateTimeOffset Latest { get; }

    /// <summary>Gets the number of entries that cannot be read.</summary>
    public int Unreadable => Records.Count(record => record.WorkspaceId is null) + Entries.Count(entry => entry.WorkspaceId is null);

    /// <summary>Gets what people know the entries by that can be read: notes, and memories without a note.</summary>
    public IEnumerable<(string Name, object Item)> Named =>
        Entries.Where(entry => entry.WorkspaceId is not null).Select(entry => (entry.Name, (object)entry))
            .Concat(Records.Where(record => record.WorkspaceId is not null && !ThreadOf(record)!.NotesOf(record).Any()).Select(record => ($"{record.WorkspaceId}/{record.ThreadId}", (object)record)));

    /// <summary>Gets what is a conversation's; null when nothing of it was sent.</summary>
    public SentMatch? Match(SoughtConversation sought) => _threads.GetValueOrDefault((sought.WorkspaceId, sought.ThreadId))?.Match(sought, _window);

    /// <summary>Gets the thread of a record; null when the record cannot be read.</summary>
    public ImportedThread? ThreadOf(ImportedRecord record) => record.WorkspaceId is null ? null : _threads[(record.WorkspaceId, record.ThreadId)];

    /// <summary>Gets the moment some time after another, or the last that there is.</summary>
    public static DateTimeOffset After(DateTimeOffset moment, TimeSpan time) => DateTimeOffset.MaxValue - moment > time ? moment + time : DateTimeOffset.MaxValue;

    private DateTimeOffset LatestOf(ImportedRecord record) =>
        record.CreatedAt is { } start ? After(start, (Math.Max(record.Chats, 1) * _window) + TimeSpan.FromSeconds(1)) : DateTimeOffset.MaxValue;

    private ImportedThread Thread(string workspace, string thread)
    {
        if (!_threads.TryGetValue((workspace, thread), out var known))
        {
            _threads.Add((workspace, thread), known = new(thread));
        }

        return known;
    }
}
