using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Recollect.Server.Mcp;

/// <summary>A message that is answered with an error of JSON-RPC before anything is done for it.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="code">The code of JSON-RPC.</param>
/// <param name="detail">What is wrong and what to do.</param>
/// <param name="id">The message's id; the default where it is not known.</param>
internal sealed class McpRefusalException(int status, McpErrorCode code, string detail, RequestId id = default) : Exception(detail)
{
    /// <summary>Gets the status of HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>Gets the versions to choose from, and the one that was asked for; null where the version is not what is wrong.</summary>
    public UnsupportedProtocolVersionErrorData? Versions { get; init; }

    /// <summary>Gets the answer.</summary>
    public JsonRpcError ToMessage() => new()
    {
        Id = id,
        Error = new()
        {
            Code = (int)code,
            Message = Message,
            Data = Versions is null ? null : System.Text.Json.JsonSerializer.SerializeToNode(Versions, McpMessages.TypeOf<UnsupportedProtocolVersionErrorData>()),
        },
    };
}
