using System.Globalization;
using Recollect.Connectors.Webhook.Imported;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>What was taken over, seen against what is stored now.</summary>
internal sealed class ImportedRemains
{
    private const int Named = 5;

    private readonly ImportedMemories _imported;
    private readonly HashSet<object> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _matched = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ImportedRecord, int> _explained = new(ReferenceEqualityComparer.Instance); // how many characters of a text are words of stored conversations

    private ImportedRemains(ImportedMemories imported) => _imported = imported;

    /// <summary>Gets the memories that none of the stored ones takes the place of, by time; those without one last.</summary>
    public IEnumerable<ImportedRecord> Records =>
        _imported.Records.Where(record => !_taken.Contains(record)).OrderBy(record => record.CreatedAt ?? DateTimeOffset.MaxValue);

    /// <summary>Gets the notes that none of the stored memories takes the place of, by time; those without one last.</summary>
    public IEnumerable<ImportedEntry> Entries =>
        _imported.Entries.Where(entry => !_taken.Contains(entry)).OrderBy(entry => entry.StartedAt ?? entry.ThreadSentUntil ?? DateTimeOffset.MaxValue);

    /// <summary>Compares what was taken over with what is stored.</summary>
    public static async ValueTask<ImportedRemains> FindAsync(ImportedMemories imported, StoredMemories stored, CancellationToken cancellationToken)
    {
        var remains = new ImportedRemains(imported);
        if (imported.Records.Count + imported.Entries.Count == 0)
        {
            return remains;
        }

        await foreach (var record in stored.ReadAsync(imported.Latest, cancellationToken))
        {
            var sought = SoughtConversation.Of(record);
            if (imported.Match(sought) is { } match)
            {
                remains.Add(sought, match);
            }
        }

        return remains;
    }

    /// <summary>Gets a value indicating whether words of a stored conversation stand in a text, and others that are in none.</summary>
    public bool HoldsWordsOfNobody(ImportedRecord record) =>
        _explained.TryGetValue(record, out var explained) && explained < record.Text().Length + RecordedText.Between.Length;

    /// <summary>Says how much of it was found again.</summary>
    public IEnumerable<string> Describe()
    {
        var all = _imported.Named.ToArray();
        var missing = all.Where(one => !_matched.Contains(one.Item)).ToArray();
        if (all.Length > 0)
        {
            var names = string.Join(", ", missing.Take(Named).Select(one => one.Name));
            var rest = missing.Length > Named ? ", …" : string.Empty;
            var kept = missing.Length == 0 ? "." : string.Create(CultureInfo.InvariantCulture, $"; of no stored conversation, so kept in the files as they are: {missing.Length:N0} ({names}{rest}).");
            yield return string.Create(CultureInfo.InvariantCulture, $"Sent before by another program: {all.Length:N0}; found again: {all.Length - missing.Length:N0}{kept}");
        }

        if (_imported.Unreadable > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Entries of another program that cannot be read, kept in the files as they are: {_imported.Unreadable:N0}.");
        }
    }

    private void Add(SoughtConversation sought, SentMatch match)
    {
        _taken.UnionWith(match.Taken);
        _taken.UnionWith(match.TakenEntries);
        _matched.UnionWith(match.Matched);
        _matched.UnionWith(match.TakenEntries);
        foreach (var record in match.Matched.Where(record => record.HasText))
        {
            _matched.UnionWith(_imported.ThreadOf(record)!.NotesOf(record));
            var text = record.Text();
            _explained[record] = _explained.GetValueOrDefault(record) + (sought.Parts ?? []).Where(part => RecordedText.HoldsAny(text, [part])).Sum(part => part.Length + RecordedText.Between.Length);
        }
    }
}
