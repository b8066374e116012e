using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Server.Web.Audit;
using Recollect.Server.Web.Layout;
using Recollect.State;

namespace Recollect.Server.Web.Export;

/// <summary>Gives a user's memories in one scope, whole, as a file of JSON or of HTML: for the user who asks what is known.</summary>
internal static class ExportEndpoints
{
    private const int PageSize = 100;

    public static void MapExport(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/export", ExportJsonAsync);
        pages.MapGet("/export.html", ExportHtmlAsync);
    }

    /// <summary>Gets the address of the file of JSON.</summary>
    public static string UrlOf(Owner owner) => $"/export?{OwnerFields.Query(owner)}";

    /// <summary>Gets the address of the file that people can read.</summary>
    public static string HtmlUrlOf(Owner owner) => $"/export.html?{OwnerFields.Query(owner)}";

    private static async Task ExportJsonAsync(HttpContext context, IMemoryStore store, MemoryEditor editor, AuditLog audit, CancellationToken cancellationToken)
    {
        var (owner, first) = await BeginAsync(context, store, cancellationToken);
        audit.Add(context.GetCaller(), "export", owner);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"memories.json\"";
        await context.Response.WriteAsync("[", cancellationToken);
        var isFirst = true;
        await foreach (var (record, edits) in ReadAsync(owner, first, store, editor, cancellationToken))
        {
            await context.Response.WriteAsync(isFirst ? "\n" : ",\n", cancellationToken);
            await JsonSerializer.SerializeAsync(context.Response.Body, ExportedMemoryJson.From(record, edits), ApiJson.Readable.ExportedMemoryJson, cancellationToken);
            isFirst = false;
        }

        await context.Response.WriteAsync("\n]\n", cancellationToken);
    }

    private static async Task ExportHtmlAsync(HttpContext context, IMemoryStore store, MemoryEditor editor, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var (owner, first) = await BeginAsync(context, store, cancellationToken);
        audit.Add(context.GetCaller(), "export_html", owner);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"memories.html\"";
        context.Response.Headers.ContentSecurityPolicy = ReadableExport.Policy;
        var page = new ReadableExport(Viewer.Of(context).Zone);
        await context.Response.WriteAsync(page.Begin(owner, time.GetUtcNow()), cancellationToken);
        await foreach (var (record, edits) in ReadAsync(owner, first, store, editor, cancellationToken))
        {
            await context.Response.WriteAsync(page.Print(record, edits), cancellationToken);
        }

        await context.Response.WriteAsync(page.End(), cancellationToken);
    }

    /// <summary>Gets whose memories are wanted, and the first of them before the answer begins, so that a store that is away can still be told.</summary>
    private static async ValueTask<(Owner Owner, IReadOnlyList<MemorySummary> First)> BeginAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        OwnerFields.Read(context, out var owner);
        if (owner is null)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The address must name the user whose memories are wanted.");
        }

        await store.InitializeAsync(cancellationToken);
        return (owner, await store.ListAsync(owner.Visibility, after: null, PageSize, cancellationToken));
    }

    private static async IAsyncEnumerable<(MemoryRecord Record, IReadOnlyList<MemoryEdit> Edits)> ReadAsync(
        Owner owner, IReadOnlyList<MemorySummary> first, IMemoryStore store, MemoryEditor editor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = first; page.Count > 0; page = await store.ListAsync(owner.Visibility, page[^1].Place, PageSize, cancellationToken))
        {
            foreach (var summary in page)
            {
                if (await MemoriesEndpoints.FindAsync(summary.Id, owner, store, cancellationToken) is { } record) // it may have gone meanwhile
                {
                    yield return (record, await editor.ListAsync(record.Memory, cancellationToken));
                }
            }
        }
    }
}
