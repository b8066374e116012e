using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Reference;

/// <summary>A memory that is posted.</summary>
internal sealed record PostedMemoryJson
{
    private const string Body = "body";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    [Description("The id of the conversation: a whole number, or a text such as a UUID.")]
    public required JsonElement ConversationId { get; init; }

    [Description("The memory: any JSON object.")]
    public required JsonElement MemoryData { get; init; }

    /// <summary>Reads a body. Other fields are passed over, as its callers are used to.</summary>
    /// <exception cref="InvalidInputException">It is no JSON object, or a field is missing or of another type.</exception>
    public static async ValueTask<(string Conversation, JsonElement Data)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            var body = document.RootElement;
            if (body.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidInputException(Body, field: null, "Input should be a valid dictionary or object to extract fields from", "model_attributes_type");
            }

            var data = Field(body, "memory_data");
            return (IdOf(Field(body, "conversation_id")), data.ValueKind == JsonValueKind.Object
                ? data.Clone()
                : throw new InvalidInputException(Body, "memory_data", "Input should be a valid dictionary", "dict_type"));
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException) // also text that is no well-formed Unicode
        {
            throw new InvalidInputException(Body, field: null, "JSON decode error", "json_invalid");
        }
    }

    private static JsonElement Field(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) ? value : throw new InvalidInputException(Body, name, "Field required", "missing");

    private static string IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Number when id.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String when id.GetString() is { Length: > 0 and <= 512 } text => text,
        _ => throw new InvalidInputException(Body, "conversation_id", "Input should be a valid integer", "int_type"),
    };
}
