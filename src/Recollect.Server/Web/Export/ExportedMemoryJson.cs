using Recollect.Memorize.Stores;
using Recollect.Server.Api;
using Recollect.State;

namespace Recollect.Server.Web.Export;

/// <summary>A memory with all messages that are kept of its conversation, and what was done to its facts by hand.</summary>
internal sealed record ExportedMemoryJson(MemoryJson Memory, IReadOnlyList<StoredMessageJson> Messages, IReadOnlyList<ExportedEditJson> Edits)
{
    public static ExportedMemoryJson From(MemoryRecord record, IEnumerable<MemoryEdit> edits) =>
        new(MemoryJson.From(record), StoredConversationJson.From(record).Messages, [.. edits.Select(ExportedEditJson.From)]);
}
