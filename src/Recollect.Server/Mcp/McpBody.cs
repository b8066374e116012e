using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Recollect.Server.Mcp;

/// <summary>Reads the messages of a POST.</summary>
internal static class McpBody
{
    private const int LargestBatch = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads the body: one message, or, in the revisions that know it, a batch.</summary>
    /// <exception cref="McpRefusalException">It is no JSON, or no message.</exception>
    /// <exception cref="BadHttpRequestException">It is too large.</exception>
    public static async ValueTask<IReadOnlyList<JsonRpcMessage>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(request, cancellationToken);
        var body = document.RootElement;
        if (body.ValueKind != JsonValueKind.Array)
        {
            return [Message(body, request)];
        }

        if (!McpRevisions.HasBatches(McpHeaders.VersionOf(request)))
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, "This revision of the protocol has no batches; send one message at a time.");
        }

        return body.GetArrayLength() is > 0 and <= LargestBatch
            ? [.. body.EnumerateArray().Select(message => Message(message, request))]
            : throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, $"A batch must hold between 1 and {LargestBatch} messages.");
    }

    /// <summary>Gets how the protocol's library writes a type.</summary>
    /// <typeparam name="TValue">The type.</typeparam>
    public static JsonTypeInfo<TValue> TypeOf<TValue>() => (JsonTypeInfo<TValue>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(TValue));

    private static async ValueTask<JsonDocument> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            CheckText(document.RootElement);
            return document;
        }
        catch (JsonException)
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body is no JSON, names a field twice, or is nested too deeply.");
        }
        catch (InvalidOperationException) // how half a surrogate pair, or bytes that are no UTF-8, are told
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body holds text that is not well-formed Unicode.");
        }
    }

    private static JsonRpcMessage Message(JsonElement element, HttpRequest request)
    {
        try
        {
            var message = element.Deserialize(TypeOf<JsonRpcMessage>())!;
            if (message is not null)
            {
                message.Context = McpHeaders.VersionOf(request) is { Length: > 0 } version ? new() { ProtocolVersion = version } : null;
                return message;
            }
        }
        catch (JsonException) // told below
        {
        }

        throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, "The body is no message of JSON-RPC 2.0: it needs \"jsonrpc\": \"2.0\", a \"method\", and for an answer an \"id\" that is a text or a number.");
    }

    /// <summary>Reads every text once, because a parsed document tells only then that one is not well-formed.</summary>
    private static void CheckText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    CheckText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var field in element.EnumerateObject())
                {
                    _ = field.Name;
                    CheckText(field.Value);
                }

                break;
        }
    }
}
