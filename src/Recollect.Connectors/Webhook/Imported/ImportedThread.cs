namespace Recollect.Connectors.Webhook.Imported;

/// <summary>What the program before left of one thread, and how conversations are recognised in it.</summary>
/// <param name="id">The thread's id.</param>
internal sealed class ImportedThread(string id)
{
    private const string Shared = "default";

    /// <summary>Gets the memories, in the order of the file.</summary>
    public List<ImportedRecord> Records { get; } = [];

    /// <summary>Gets the notes of what was sent, in the order of the file.</summary>
    public List<ImportedEntry> Entries { get; } = [];

    /// <summary>Gets a value indicating whether it is the thread that all users and sessions of a workspace share.</summary>
    public bool IsShared => string.Equals(id, Shared, StringComparison.Ordinal);

    /// <summary>Gets a thread's id; the shared one's where none is given.</summary>
    public static string NameOf(string? thread) => string.IsNullOrEmpty(thread) ? Shared : thread;

    /// <summary>Gets what of it is a conversation's; null when nothing of the conversation was sent.</summary>
    /// <param name="sought">A conversation of this thread.</param>
    /// <param name="window">The longest silence within a conversation.</param>
    public SentMatch? Match(SoughtConversation sought, TimeSpan window)
    {
        var dated = Records.FindAll(record => sought.Covers(record.CreatedAt));
        var told = dated.FindAll(record => record.HasText && Overlaps(record, sought));
        if (Whole(told, sought) is { Count: > 0 } whole)
        {
            return Found(sought, told, whole, isWhole: true);
        }

        if (Elsewhere(sought, window) is { } other)
        {
            return Found(sought, [other], [other], isWhole: true);
        }

        return told.Count > 0 ? Found(sought, told, told, isWhole: false)
            : FromNotes(sought, dated.FindAll(record => !record.HasText));
    }

    /// <summary>Gets the notes of a record.</summary>
    public IEnumerable<ImportedEntry> NotesOf(ImportedRecord record) => Entries.Where(entry => IsSameSecond(entry.StartedAt, record.CreatedAt));

    /// <summary>The last record that holds the whole conversation, or all of them where only together they do.</summary>
    private static List<ImportedRecord> Whole(List<ImportedRecord> told, SoughtConversation sought)
    {
        if (told.Count == 0 || sought.Parts is not { } parts)
        {
            return told; // what cannot be compared is told by its time
        }

        return told.FindLast(record => RecordedText.HoldsAll(record.Text(), parts)) is { } one ? [one]
            : told.Count > 1 && RecordedText.HoldsAll(string.Join(RecordedText.Between, told.Select(record => record.Text()).Distinct(StringComparer.Ordinal)), parts) ? told
            : [];
    }

    /// <summary>A record of an unknown time with the same text, or, in the shared thread, one that several conversations were merged into.</summary>
    private ImportedRecord? Elsewhere(SoughtConversation sought, TimeSpan window) =>
        Records.FindLast(record => record.HasText
            && (record.CreatedAt is null || (IsShared && LiesWithin(sought, record, window)))
            && (sought.Parts is { } parts
                ? parts.Count > 0 && RecordedText.HoldsAll(record.Text(), parts)
                : record.Summary.Length > 0 && string.Equals(record.Summary, sought.Summary, StringComparison.Ordinal)));

    /// <summary>A merged conversation ends within as many windows after its start as it has questions.</summary>
    private static bool LiesWithin(SoughtConversation sought, ImportedRecord record, TimeSpan window) =>
        record.CreatedAt is { } start && sought.StartedAt >= SoughtConversation.SecondOf(start) && sought.EndedAt <= ImportedMemories.After(start, record.Chats * window);

    private SentMatch? FromNotes(SoughtConversation sought, List<ImportedRecord> silent)
    {
        var notes = Entries.FindAll(entry => sought.Covers(entry.StartedAt) && !Records.Exists(record => record.HasText && IsSameSecond(entry.StartedAt, record.CreatedAt)));
        var until = Entries.FindAll(entry => sought.StartedAt <= entry.ThreadSentUntil);
        return notes.Count + until.Count + silent.Count == 0
            ? null
            : Found(sought, silent, silent, isWhole: notes.Exists(note => sought.EndedAt <= note.ProcessedAt) || until.Exists(entry => sought.EndedAt <= entry.ThreadSentUntil));
    }

    private SentMatch Found(SoughtConversation sought, List<ImportedRecord> records, List<ImportedRecord> sources, bool isWhole)
    {
        var taken = records.FindAll(record => IsOf(record, sought));
        var given = sources.FindAll(taken.Contains);
        var entries = Entries.FindAll(entry => sought.Covers(entry.StartedAt) || sought.StartedAt <= entry.ThreadSentUntil || taken.Exists(record => IsSameSecond(entry.StartedAt, record.CreatedAt)));
        var note = sources.SelectMany(NotesOf).LastOrDefault() ?? (entries.Count > 0 ? entries[^1] : null);
        return new()
        {
            IsWhole = isWhole,
            Matched = records,
            Taken = taken,
            TakenEntries = entries.FindAll(entry => !Records.Exists(record => IsSameSecond(entry.StartedAt, record.CreatedAt) && !taken.Contains(record))),
            Summary = string.Join(RecordedText.Between, given.Select(record => record.Summary).Where(summary => !string.IsNullOrWhiteSpace(summary)).Distinct(StringComparer.Ordinal)),
            Status = given.Count > 0 ? given[^1].Status : null,
            Workspace = given.Count > 0 ? given[^1].Workspace : null,
            ProcessedAt = note?.ProcessedAt ?? note?.ThreadSentUntil,
        };
    }

    /// <summary>What is said of several users' words is given to the one under whose name it was sent, and to nobody else.</summary>
    private bool IsOf(ImportedRecord record, SoughtConversation sought) =>
        !IsShared || string.Equals(record.User, sought.User, StringComparison.Ordinal)
        || (record.HasText && sought.Parts is { } parts && string.Equals(record.Text(), string.Join(RecordedText.Between, parts), StringComparison.Ordinal));

    private static bool Overlaps(ImportedRecord record, SoughtConversation sought) =>
        sought.Parts is not { Count: > 0 } parts || RecordedText.HoldsAny(record.Text(), parts);

    private static bool IsSameSecond(DateTimeOffset? left, DateTimeOffset? right) =>
        left is { } one && right is { } other && SoughtConversation.SecondOf(one) == SoughtConversation.SecondOf(other);
}
