using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Recollect.Conversations;

namespace Recollect.Connectors.Service;

/// <summary>The JSON that goes to the service and comes back.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ClaimedAnswer))]
[JsonSerializable(typeof(ConversationAnswer))]
[JsonSerializable(typeof(Fingerprint))]
[JsonSerializable(typeof(HeadersAnswer))]
[JsonSerializable(typeof(IReadOnlyList<Citation>))]
[JsonSerializable(typeof(IReadOnlyList<Fact>))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(RemovedAnswer))]
[JsonSerializable(typeof(RenewedAnswer))]
[JsonSerializable(typeof(StoredAnswer))]
internal sealed partial class ServiceJson : JsonSerializerContext
{
    /// <summary>Gets the context that writes every script as it is, not as escapes.</summary>
    public static ServiceJson Readable => field ??= new(new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Makes a list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
