using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recollect.Connectors.Webhook;

/// <summary>The JSON that receivers get, generated at compile time.</summary>
[JsonSerializable(typeof(WebhookPayload))]
[JsonSerializable(typeof(WebhookData))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>Gets the context to use: text of every script is sent as it is.</summary>
    public static WebhookJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
