using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Web;

/// <summary>Opens the pages once after the start, for nobody: what they need is loaded and compiled before the first person asks.</summary>
/// <remarks>Nothing that may cost money or change anything is asked: no question, no health.</remarks>
internal sealed partial class FirstVisit(EndpointDataSource endpoints, IServiceScopeFactory scopes, ILogger<FirstVisit> logger) : IDisposable
{
    private static readonly (string Route, string Query)[] Pages = [("/", ""), ("/users", ""), ("/memories", "?user=nobody"), ("/search", ""), ("/runs", ""), ("/sessions", "")];

    private readonly CancellationTokenSource _stopping = new();
    private Task _visiting = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Start() => _visiting = Task.Run(() => VisitAllAsync(_stopping.Token));

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
        foreach (var (route, query) in Pages)
        {
            try
            {
                await VisitAsync(route, query, cancellationToken);
            }
            catch (Exception ex) when (ex is not OperationCanceledException) // whoever opens the page hears of it
            {
                LogNotVisited(logger, route, Failure.Describe(ex));
            }
        }

        LogVisited(logger);
    }

    private async Task VisitAsync(string route, string query, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Endpoints.OfType<RouteEndpoint>().Single(endpoint =>
            string.Equals(endpoint.RoutePattern.RawText, route, StringComparison.Ordinal)
            && endpoint.Metadata.GetMetadata<WebPage>() is not null
            && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal) is true);
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = (HttpMethods.Get, route, new(query));
        (context.Request.Scheme, context.Request.Host) = ("http", new("localhost"));
        context.SetEndpoint(endpoint);
        context.SetCaller(Caller.WithoutKey);
        await endpoint.RequestDelegate!(context); // its answer goes nowhere
    }

    [LoggerMessage(24004, LogLevel.Debug, "The pages were opened once after the start")]
    private static partial void LogVisited(ILogger logger);

    [LoggerMessage(24003, LogLevel.Debug, "The page {Route} could not be opened once after the start: {Error}")]
    private static partial void LogNotVisited(ILogger logger, string route, string error);
}
