using Recollect.Connectors.Webhook.Imported;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>Writes the memories, in order: what was posted, the summary and the status.</summary>
/// <param name="file">Where to.</param>
/// <param name="imported">Memories that were taken over, by time; they stay as they are.</param>
internal sealed class MemoryRows(ListFile file, IReadOnlyList<ImportedRecord> imported)
{
    private int _next;

    /// <summary>Adds a memory; none after it began earlier.</summary>
    public void Add(MemoryRecord record, WebhookData? data)
    {
        WriteImported(record.Memory.StartedAt);
        var payload = WebhookPayload.Of(record, data);
        file.Add(json =>
        {
            json.WriteText("conversation", payload.Conversation);
            json.WriteText("workspaceID", payload.WorkspaceId);
            json.WriteText("threadID", payload.ThreadId);
            json.WriteText("user", payload.User);
            json.WriteText("createdAt", payload.CreatedAt);
            json.WriteText("workspace", payload.Workspace);
            json.WriteText("summary", payload.Summary);
            json.WriteText("memoryStatus", data?.MemoryStatus ?? WebhookData.NoStatus);
        });
    }

    /// <summary>Writes what is left.</summary>
    public void End() => WriteImported(DateTimeOffset.MaxValue);

    private void WriteImported(DateTimeOffset until)
    {
        for (; _next < imported.Count && (imported[_next].CreatedAt ?? DateTimeOffset.MaxValue) <= until; _next++)
        {
            file.Add(imported[_next].Raw);
        }
    }
}
