using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;

namespace Recollect.Server.Mcp;

/// <summary>The Model Context Protocol over HTTP, without sessions: each POST is answered by itself.</summary>
internal static class McpEndpoints
{
    public static void MapMcp(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/", PostAsync).ExcludeFromDescription(); // clients of the protocol do not read OpenAPI
        routes.MapPost("/tool/call", CallAsync)
            .WithName("CallTool").WithSummary("Calls the tool recall_memory without the protocol around it.")
            .WithDescription("The answer is the result of the tool as the Model Context Protocol has it: content, structuredContent and isError.")
            .Accepts<ToolCallJson>("application/json").Produces<ToolResultJson>()
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task PostAsync(HttpContext context, MemoryServer memory, CancellationToken cancellationToken)
    {
        try
        {
            McpHeaders.Check(context.Request);
            var version = McpHeaders.VersionOf(context.Request);
            var messages = await McpMessages.ReadAsync(context.Request.Body, McpRevisions.HasBatches(version), version, cancellationToken);
            foreach (var message in messages)
            {
                McpHeaders.Check(context.Request, message);
            }

            var requests = messages.OfType<JsonRpcRequest>().ToArray();
            if (requests.Length == 0)
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted; // there are no sessions that a notification could change
                return;
            }

            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            foreach (var request in requests)
            {
                await AnswerAsync(context, request, memory.For(context.GetCaller()), cancellationToken);
            }
        }
        catch (McpRefusalException ex)
        {
            context.Response.StatusCode = ex.Status;
            await context.Response.WriteAsJsonAsync<JsonRpcMessage>(ex.ToMessage(), McpMessages.TypeOf<JsonRpcMessage>(), cancellationToken: cancellationToken);
        }
    }

    private static async Task AnswerAsync(HttpContext context, JsonRpcRequest request, McpServerOptions options, CancellationToken cancellationToken)
    {
        var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, options, loggerFactory: null, context.RequestServices);
        var running = server.RunAsync(cancellationToken);
        try
        {
            await transport.HandlePostRequestAsync(request, context.Response.Body, first => BeginAsync(context, first), cancellationToken);
        }
        finally
        {
            await transport.DisposeAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // ends with the transport, or because nobody waits any more
        }
    }

    /// <summary>Chooses the status before the first byte: since the revision without sessions some errors have one of their own.</summary>
    private static ValueTask BeginAsync(HttpContext context, JsonRpcMessage? first)
    {
        if (first is JsonRpcError error && !context.Response.HasStarted && McpRevisions.IsStateless(McpHeaders.VersionOf(context.Request)))
        {
            context.Response.StatusCode = (McpErrorCode)error.Error.Code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch => StatusCodes.Status400BadRequest,
                _ => context.Response.StatusCode,
            };
        }

        return ValueTask.CompletedTask;
    }

    private static async Task<IResult> CallAsync(HttpContext context, MemoryTool tool, CancellationToken cancellationToken)
    {
        var call = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.ToolCallJson, cancellationToken);
        if (!string.Equals(call.Name, MemoryToolDefinition.Name, StringComparison.Ordinal))
        {
            throw new ProblemException(StatusCodes.Status404NotFound, $"There is no tool \"{Quoted.Of(call.Name)}\"; the only one is {MemoryToolDefinition.Name}.");
        }

        var result = await tool.CallAsync(context.GetCaller(), call.Arguments?.ToDictionary(StringComparer.Ordinal), cancellationToken);
        return TypedResults.Json(ToolResultJson.From(result), ApiJson.Readable.ToolResultJson);
    }
}
