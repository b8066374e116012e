using System.Text.Json;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Reference;

/// <summary>A memory as the backend had it.</summary>
/// <param name="MemoryData">The memory.</param>
/// <param name="Id">Its id, which stays when it is written again.</param>
/// <param name="ConversationId">The id of the conversation.</param>
internal sealed record ReferenceMemoryJson(JsonElement MemoryData, long Id, JsonElement ConversationId)
{
    public static ReferenceMemoryJson From(ConversationMemory memory) => new(JsonElement.Parse(memory.Json), memory.Id, ReferenceId.Of(memory.ConversationId));
}
