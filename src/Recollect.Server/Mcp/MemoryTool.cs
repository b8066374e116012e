using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Recall.Tool;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Mcp;

/// <summary>The tool <c>recall_memory</c>.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed partial class MemoryTool(IMemoryStore store, RecallEngine engine, ILogger<MemoryTool> logger)
{
    /// <summary>Answers a call as the protocol wants it: what went wrong is a result, too, so that the model can do better.</summary>
    public async ValueTask<CallToolResult> AnswerAsync(Caller caller, IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(caller, arguments, cancellationToken);
        }
        catch (ProblemException ex)
        {
            return Refusal(ex.Message);
        }
        catch (RecallException ex)
        {
            return Refusal(ex.Message);
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // whatever it is, the caller gets an answer that tells no secrets
        {
            LogFailed(logger, Failure.Describe(ex));
            return Refusal(ex is RecollectException
                ? "Memory does not answer at the moment; the log of Recollect says why. Try again later."
                : "Memory could not be asked; the log of Recollect says why.");
        }
    }

    /// <summary>Answers a call.</summary>
    /// <exception cref="ProblemException">An argument is wrong, or the caller may not see that.</exception>
    /// <exception cref="RecollectException">The store or the embedder does not answer.</exception>
    public async ValueTask<CallToolResult> CallAsync(Caller caller, IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        var asked = Read(arguments);
        var owner = caller.OwnerFor(asked.User, tenant: null, asked.Scope);
        await store.InitializeAsync(cancellationToken);
        var found = await engine.RecallAsync(new() { Owner = owner, Text = asked.Query, Top = asked.Limit }, cancellationToken);
        LogAnswered(logger, found.Count, caller.Name ?? "(no key)");
        var content = ToolMemoriesJson.Write(found);
        using var document = JsonDocument.Parse(content);
        return new()
        {
            StructuredContent = document.RootElement.Clone(),
            Content = [new TextContentBlock { Text = System.Text.Encoding.UTF8.GetString(content) }],
            IsError = false,
        };
    }

    private static RecallArguments Read(IDictionary<string, JsonElement>? arguments)
    {
        try
        {
            return RecallArguments.Read(arguments);
        }
        catch (RecallException ex)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, ex.Message);
        }
    }

    private static CallToolResult Refusal(string text) => new() { Content = [new TextContentBlock { Text = text }], IsError = true };

    [LoggerMessage(25001, LogLevel.Information, "recall_memory gave {Count} memories to {Agent}")]
    private static partial void LogAnswered(ILogger logger, int count, string agent);

    [LoggerMessage(25002, LogLevel.Error, "recall_memory could not be answered: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
