using System.Globalization;
using Recollect.Connectors.Webhook.Imported;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>Writes what was sent, in order, and gives each conversation an id of its own, also where two began in the same second.</summary>
/// <param name="file">Where to.</param>
/// <param name="imported">Notes that were taken over, by time; they keep their ids.</param>
internal sealed class ProcessedRows(ListFile file, IReadOnlyList<ImportedEntry> imported)
{
    private readonly HashSet<string> _taken = imported.Select(entry => entry.ConversationId).OfType<string>().ToHashSet(StringComparer.Ordinal);
    private readonly List<ProcessedRow> _second = [];
    private int _next;

    /// <summary>Adds a conversation; none after it began earlier.</summary>
    public void Add(ProcessedRow row)
    {
        if (_second.Count > 0 && _second[0].Second != row.Second)
        {
            WriteSecond();
        }

        _second.Add(row);
    }

    /// <summary>Writes what is left.</summary>
    public void End()
    {
        WriteSecond();
        WriteImported(DateTimeOffset.MaxValue);
    }

    private void WriteSecond()
    {
        if (_second.Count == 0)
        {
            return;
        }

        WriteImported(_second[0].Second);
        var ids = new Dictionary<ProcessedRow, string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in _second.OrderBy(row => row.ProcessedAt).ThenBy(row => row.MemoryId, StringComparer.Ordinal))
        {
            ids[row] = IdOf(row, used);
        }

        foreach (var row in _second)
        {
            file.Add(json =>
            {
                json.WriteText("workspaceId", row.WorkspaceId);
                json.WriteText("thread_id", row.ThreadId);
                json.WriteText("processedTime", row.ProcessedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
                json.WriteText("conversationId", ids[row]);
            });
        }

        _second.Clear();
    }

    private string IdOf(ProcessedRow row, HashSet<string> used)
    {
        var plain = $"{row.WorkspaceId}_{row.ThreadId}_{row.Second.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
        var id = plain;
        for (var n = 1; _taken.Contains(id) || !used.Add(id); n++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{plain}_{n}");
        }

        return id;
    }

    private void WriteImported(DateTimeOffset until)
    {
        for (; _next < imported.Count && (imported[_next].StartedAt ?? imported[_next].ThreadSentUntil ?? DateTimeOffset.MaxValue) <= until; _next++)
        {
            file.Add(imported[_next].Raw);
        }
    }
}
