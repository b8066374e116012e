using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Web;

/// <summary>Opens the pages once after the start, for nobody: what they need is loaded and compiled before the first person asks.</summary>
/// <remarks>Nothing that may cost money is asked, and nothing is changed but that the keys of forms are made, as by the first visitor. A question counts as one recall in what is measured.</remarks>
internal sealed partial class FirstVisit(
    EndpointDataSource endpoints, IServiceScopeFactory scopes, IMemoryStore store, IEmbeddingGenerator<string, Embedding<float>> embedder, TimeProvider time, ILogger<FirstVisit> logger)
    : IDisposable
{
    private const string Question = "When did we speak of the garden?"; // of any kind; what it finds goes nowhere
    private const string MemoryRoute = "/memories/{id}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Caller Nobody = Caller.WithoutKey;

    private readonly CancellationTokenSource _stopping = new();
    private Task _visiting = Task.CompletedTask;
    private Task _visited = Task.CompletedTask; // or it takes too long

    /// <summary>Begins.</summary>
    public void Start()
    {
        _visiting = Task.Run(() => VisitAllAsync(_stopping.Token));
        _visited = Task.WhenAny(_visiting, Task.Delay(Patience, time, _stopping.Token));
    }

    /// <summary>Waits until it is done, or five seconds have passed since the start: a probe is never kept waiting by a store that is slow to count.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The visit begins with the server")]
    public Task WaitAsync(CancellationToken cancellationToken) => _visited.WaitAsync(cancellationToken);

    /// <summary>Ends it.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The visit begins with the server and ends here")]
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _visiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <summary>Opens all of them.</summary>
    internal async Task VisitAllAsync(CancellationToken cancellationToken)
    {
        foreach (var route in (string[])["/", "/users", "/memories", "/search", "/runs", "/sessions"])
        {
            await TryAsync(route, () => VisitAsync(route, QueryString.Empty, id: null, cancellationToken));
        }

        await TryAsync(MemoryRoute, () => VisitMemoryAsync(cancellationToken));
        LogVisited(logger);
    }

    private async Task TryAsync(string route, Func<Task> visit)
    {
        try
        {
            await visit();
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // whoever opens the page hears of it
        {
            LogNotVisited(logger, route, Failure.Describe(ex));
        }
    }

    private async Task VisitMemoryAsync(CancellationToken cancellationToken)
    {
        if (store is not IUserDirectory directory
            || await directory.ListUsersAsync(Nobody.Tenant, Nobody.Scopes, after: null, 1, cancellationToken) is not [{ } someone]
            || await store.ListAsync(new Owner { Tenant = Nobody.Tenant, User = someone.User }.Visibility, after: null, 1, cancellationToken) is not [{ } memory])
        {
            return;
        }

        var query = QueryString.Create("user", someone.User);
        await VisitAsync("/memories", query, id: null, cancellationToken);
        await VisitAsync(MemoryRoute, query, memory.Id, cancellationToken);
        if (!new TextEmbedder(embedder).IsRemote) // others may cost money
        {
            await VisitAsync("/search", query.Add("query", Question), id: null, cancellationToken);
        }
    }

    private async Task VisitAsync(string route, QueryString query, string? id, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Endpoints.OfType<RouteEndpoint>().Single(endpoint =>
            string.Equals(endpoint.RoutePattern.RawText, route, StringComparison.Ordinal)
            && endpoint.Metadata.GetMetadata<WebPage>() is not null
            && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal) is true);
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = (HttpMethods.Get, route, query);
        context.Request.RouteValues["id"] = id;
        (context.Request.Scheme, context.Request.Host) = ("http", new("localhost"));
        context.SetEndpoint(endpoint);
        context.SetCaller(Nobody);
        await endpoint.RequestDelegate!(context); // its answer goes nowhere
    }

    [LoggerMessage(24004, LogLevel.Debug, "The pages were opened once after the start")]
    private static partial void LogVisited(ILogger logger);

    [LoggerMessage(24003, LogLevel.Debug, "The page {Route} could not be opened once after the start: {Error}")]
    private static partial void LogNotVisited(ILogger logger, string route, string error);
}
