using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recollect.Erasure;
using Recollect.Server.Mcp;
using Recollect.Server.Reference;
using Recollect.Server.Web.Export;
using Recollect.Server.Work;

namespace Recollect.Server.Api;

/// <summary>The JSON that routes take and give, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErasureReceipt))]
[JsonSerializable(typeof(ExportedMemoryJson))]
[JsonSerializable(typeof(ForgetRequestJson))]
[JsonSerializable(typeof(InvalidInputJson))]
[JsonSerializable(typeof(IReadOnlyList<ReferenceMemoryJson>))]
[JsonSerializable(typeof(LiveJson))]
[JsonSerializable(typeof(MemoriesJson))]
[JsonSerializable(typeof(MemoriesRequestJson))]
[JsonSerializable(typeof(MemoryJson))]
[JsonSerializable(typeof(OwnerRequestJson))]
[JsonSerializable(typeof(PostedMemoryJson))]
[JsonSerializable(typeof(ProblemJson))]
[JsonSerializable(typeof(ReadyJson))]
[JsonSerializable(typeof(RecalledMemoriesJson))]
[JsonSerializable(typeof(RecalledMessagesJson))]
[JsonSerializable(typeof(RecallRequestJson))]
[JsonSerializable(typeof(ReferenceDetailJson))]
[JsonSerializable(typeof(ReferenceMemoryJson))]
[JsonSerializable(typeof(ReferenceMessagesJson))]
[JsonSerializable(typeof(RunJson))]
[JsonSerializable(typeof(RunProgressJson))]
[JsonSerializable(typeof(RunRequestJson))]
[JsonSerializable(typeof(RunsJson))]
[JsonSerializable(typeof(RunsRequestJson))]
[JsonSerializable(typeof(RunStartedJson))]
[JsonSerializable(typeof(RunWithEntriesJson))]
[JsonSerializable(typeof(StoredConversationJson))]
[JsonSerializable(typeof(TaskMessageJson))]
[JsonSerializable(typeof(ToolCallJson))]
[JsonSerializable(typeof(ToolResultJson))]
[JsonSerializable(typeof(WorkClaimedJson))]
[JsonSerializable(typeof(WorkClaimJson))]
[JsonSerializable(typeof(WorkConversationJson))]
[JsonSerializable(typeof(WorkHeadersJson))]
[JsonSerializable(typeof(WorkHeadersRequestJson))]
[JsonSerializable(typeof(WorkLedgerJson))]
[JsonSerializable(typeof(WorkMemoryJson))]
[JsonSerializable(typeof(WorkReleaseJson))]
[JsonSerializable(typeof(WorkRemovedJson))]
[JsonSerializable(typeof(WorkRemoveJson))]
[JsonSerializable(typeof(WorkRenewedJson))]
[JsonSerializable(typeof(WorkRenewJson))]
[JsonSerializable(typeof(WorkStoredJson))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Gets the context to use: text of every script is written as it is, and numbers are no strings.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    });
}
