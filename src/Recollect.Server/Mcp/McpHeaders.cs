using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Recollect.Server.Http;

namespace Recollect.Server.Mcp;

/// <summary>Holds the headers of a request to what the protocol asks, and to the message in the body.</summary>
internal static class McpHeaders
{
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";
    private const string VersionField = "io.modelcontextprotocol/protocolVersion";
    private const string CapabilitiesField = "io.modelcontextprotocol/clientCapabilities";

    /// <summary>Gets the revision that the request names; empty where it names none.</summary>
    public static string VersionOf(HttpRequest request) => request.Headers[VersionHeader].ToString();

    /// <summary>Checks what does not depend on the body.</summary>
    /// <exception cref="ProblemException">The body is said to be something else than JSON.</exception>
    /// <exception cref="McpRefusalException">The client does not take the answer's form.</exception>
    public static void Check(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON, and the header Content-Type must say so: application/json.");
        }

        var accepted = request.GetTypedHeaders().Accept;
        if (!accepted.Any(type => type.MatchesMediaType("application/json")) || !accepted.Any(type => type.MatchesMediaType("text/event-stream")))
        {
            throw new McpRefusalException(StatusCodes.Status406NotAcceptable, McpErrorCode.InvalidRequest, "The header Accept must name application/json and text/event-stream.");
        }
    }

    /// <summary>Checks that headers and message say the same.</summary>
    /// <exception cref="McpRefusalException">They do not, or the revision is not spoken.</exception>
    public static void Check(HttpRequest request, JsonRpcMessage message)
    {
        var version = VersionOf(request);
        var id = message is JsonRpcRequest { Id: var known } ? known : default;
        if (version.Length > 0 && !McpRevisions.All.Contains(version, StringComparer.Ordinal))
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.UnsupportedProtocolVersion, $"The revision \"{Quoted.Of(version)}\" of the protocol is not spoken here.", id)
            {
                Versions = new() { Supported = [.. McpRevisions.All], Requested = Quoted.Of(version) },
            };
        }

        var (method, parameters) = message switch
        {
            JsonRpcRequest sent => (sent.Method, sent.Params),
            JsonRpcNotification sent => (sent.Method, sent.Params),
            _ => (null, null), // an answer, which names no method
        };
        if (method is not null)
        {
            CheckVersion(version, parameters, message is JsonRpcRequest, id);
        }

        if (method is not null && McpRevisions.IsStateless(version))
        {
            CheckRepeated(request, MethodHeader, method, id);
            if (method is RequestMethods.ToolsCall)
            {
                CheckRepeated(request, NameHeader, Text(parameters, "name"), id);
            }
        }
    }

    private static void CheckVersion(string header, JsonNode? parameters, bool isRequest, RequestId id)
    {
        var meta = (parameters as JsonObject)?["_meta"] as JsonObject;
        var body = Text(meta, VersionField);
        if (!McpRevisions.IsStateless(header) && !McpRevisions.IsStateless(body))
        {
            return;
        }

        if (body is not null && !string.Equals(header, body, StringComparison.Ordinal))
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.HeaderMismatch, $"The header {VersionHeader} and the field _meta/{VersionField} must name the same revision.", id);
        }

        if (isRequest && (body is null || meta![CapabilitiesField] is not JsonObject))
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidParams, $"A request of revision {header} needs the fields _meta/{VersionField} and _meta/{CapabilitiesField}.", id);
        }
    }

    private static void CheckRepeated(HttpRequest request, string header, string? expected, RequestId id)
    {
        var value = request.Headers[header].ToString().Trim();
        if (!string.Equals(McpHeaderEncoder.DecodeValue(value), expected ?? string.Empty, StringComparison.Ordinal))
        {
            throw new McpRefusalException(StatusCodes.Status400BadRequest, McpErrorCode.HeaderMismatch, $"The header {header} must repeat what the body says.", id);
        }
    }

    private static string? Text(JsonNode? parent, string name) =>
        parent is JsonObject fields && fields.TryGetPropertyValue(name, out var field) && field is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
