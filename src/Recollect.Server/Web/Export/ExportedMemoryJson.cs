using Recollect.Memorize.Stores;
using Recollect.Server.Api;

namespace Recollect.Server.Web.Export;

/// <summary>A memory with all messages that are kept of its conversation.</summary>
internal sealed record ExportedMemoryJson(MemoryJson Memory, IReadOnlyList<StoredMessageJson> Messages)
{
    public static ExportedMemoryJson From(MemoryRecord record) => new(MemoryJson.From(record), StoredConversationJson.From(record).Messages);
}
