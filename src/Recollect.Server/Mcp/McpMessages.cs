using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Recollect.Server.Mcp;

/// <summary>Reads the messages of a body or of a line.</summary>
internal static class McpMessages
{
    private const int LargestBatch = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads one message, or, where there are such, a batch of them.</summary>
    /// <param name="json">The text.</param>
    /// <param name="hasBatches">Whether a batch may be sent.</param>
    /// <param name="version">The revision that is named beside the text; empty where none is.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="McpRefusalException">It is no JSON, or no message.</exception>
    public static async ValueTask<IReadOnlyList<JsonRpcMessage>> ReadAsync(Stream json, bool hasBatches, string version, CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(json, cancellationToken);
        var body = document.RootElement;
        if (body.ValueKind != JsonValueKind.Array)
        {
            return [Message(body, version)];
        }

        if (!hasBatches)
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, "This revision of the protocol has no batches; send one message at a time.");
        }

        return body.GetArrayLength() is > 0 and <= LargestBatch
            ? [.. body.EnumerateArray().Select(message => Message(message, version))]
            : throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, $"A batch must hold between 1 and {LargestBatch} messages.");
    }

    /// <summary>Gets how the protocol's library writes a type.</summary>
    /// <typeparam name="TValue">The type.</typeparam>
    public static JsonTypeInfo<TValue> TypeOf<TValue>() => (JsonTypeInfo<TValue>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(TValue));

    private static async ValueTask<JsonDocument> ParseAsync(Stream json, CancellationToken cancellationToken)
    {
        try
        {
            var document = await JsonDocument.ParseAsync(json, Strict, cancellationToken);
            CheckText(document.RootElement);
            return document;
        }
        catch (JsonException)
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "This is no JSON, names a field twice, or is nested too deeply.");
        }
        catch (InvalidOperationException) // how half a surrogate pair, or bytes that are no UTF-8, are told
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "This holds text that is not well-formed Unicode.");
        }
    }

    private static JsonRpcMessage Message(JsonElement element, string version)
    {
        try
        {
            var message = element.Deserialize(TypeOf<JsonRpcMessage>())!;
            if (message is not null)
            {
                message.Context = version.Length > 0 ? new() { ProtocolVersion = version } : null;
                return message;
            }
        }
        catch (JsonException) // told below
        {
        }

        throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, "This is no message of JSON-RPC 2.0: it needs \"jsonrpc\": \"2.0\", a \"method\", and for an answer an \"id\" that is a text or a number.");
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
