using Recollect.Connectors.Webhook.Imported;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>What goes, and what stays, of what was taken over, when a user is forgotten.</summary>
internal sealed record ForgottenImports
{
    /// <summary>Gets the number of entries that go.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the memories that stay.</summary>
    public required IReadOnlyList<ImportedRecord> KeptRecords { get; init; }

    /// <summary>Gets the notes that stay.</summary>
    public required IReadOnlyList<ImportedEntry> KeptEntries { get; init; }

    /// <summary>Decides what goes: the user's memories, those of shared threads that hold words of nobody who is left, and the notes of threads that were the user's own.</summary>
    /// <param name="imported">What was taken over.</param>
    /// <param name="remains">The same, seen against a store that does not hold the user any more.</param>
    /// <param name="user">The user as sent.</param>
    public static ForgottenImports Of(ImportedMemories imported, ImportedRemains remains, string user)
    {
        var gone = imported.Records
            .Where(record => string.Equals(record.User, user, StringComparison.Ordinal)
                || (imported.ThreadOf(record) is { IsShared: true } && remains.HoldsWordsOfNobody(record)))
            .ToHashSet<object>(ReferenceEqualityComparer.Instance);
        var withTexts = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var record in imported.Records.Where(gone.Contains))
        {
            if (imported.ThreadOf(record) is { } thread)
            {
                var oldest = thread.Entries.Where(entry => entry.ThreadSentUntil is not null); // these hold texts of conversations
                withTexts.UnionWith(thread.IsShared ? oldest : []);
                gone.UnionWith(thread.IsShared ? [] : thread.NotesOf(record).Concat(oldest));
            }
        }

        return new()
        {
            Count = gone.Count,
            KeptRecords = [.. imported.Records.Where(record => !gone.Contains(record))],
            KeptEntries = [.. imported.Entries.Where(entry => !gone.Contains(entry)).Select(entry => withTexts.Contains(entry) ? entry.WithoutTexts() : entry)],
        };
    }
}
