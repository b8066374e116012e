using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Server.Web.Audit;

namespace Recollect.Server.Web.Export;

/// <summary>Gives a user's memories in one scope, whole, as a file of JSON: for the user who asks what is known.</summary>
internal static class ExportEndpoints
{
    private const int PageSize = 100;

    public static void MapExport(this IEndpointRouteBuilder pages) => pages.MapGet("/export", ExportAsync);

    /// <summary>Gets the address.</summary>
    public static string UrlOf(Owner owner) => $"/export?{OwnerFields.Query(owner)}";

    private static async Task ExportAsync(HttpContext context, IMemoryStore store, AuditLog audit, CancellationToken cancellationToken)
    {
        OwnerFields.Read(context, out var owner);
        if (owner is null)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The address must name the user whose memories are wanted.");
        }

        await store.InitializeAsync(cancellationToken);
        var page = await store.ListAsync(owner.Visibility, after: null, PageSize, cancellationToken); // before the answer begins, so that a store that is away can still be told
        audit.Add(context.GetCaller(), "export", owner);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"memories.json\"";
        await context.Response.WriteAsync("[", cancellationToken);
        for (var isFirst = true; page.Count > 0; page = await store.ListAsync(owner.Visibility, page[^1].Place, PageSize, cancellationToken))
        {
            foreach (var summary in page)
            {
                if (await MemoriesEndpoints.FindAsync(summary.Id, owner, store, cancellationToken) is { } record) // it may have gone meanwhile
                {
                    await context.Response.WriteAsync(isFirst ? "\n" : ",\n", cancellationToken);
                    await JsonSerializer.SerializeAsync(context.Response.Body, ExportedMemoryJson.From(record), ApiJson.Readable.ExportedMemoryJson, cancellationToken);
                    isFirst = false;
                }
            }
        }

        await context.Response.WriteAsync("\n]\n", cancellationToken);
    }
}
