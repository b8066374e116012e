using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Web.Audit;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Memory;

/// <summary>Corrects and deletes a fact of a memory: shows what it rests on and what goes with it, and asks.</summary>
internal static class FactEndpoints
{
    public static void MapFacts(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/memories/{id}/facts/{number:int}", AskAsync);
        pages.MapPost("/memories/{id}/facts/{number:int}", EditAsync);
    }

    private static async Task<IResult> AskAsync(string id, int number, HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        OwnerFields.Read(context, out var owner);
        return Page.Of<FactPage, FactModel>(context, await FindAsync(id, number, owner, context, store, cancellationToken));
    }

    private static async Task<IResult> EditAsync(
        string id, int number, HttpContext context, IMemoryStore store, MemoryEditor editor, AuditLog audit, IAntiforgery antiforgery, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        await WebForms.CheckAsync(antiforgery, context);
        OwnerFields.Read(context, out var owner);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var model = await FindAsync(id, number, owner, context, store, cancellationToken);
        var isDeleted = string.Equals(form["action"].ToString(), "delete", StringComparison.Ordinal);
        var written = isDeleted ? null : form["text"].ToString();
        var problem = !string.Equals(form["fact"].ToString(), model.Mark, StringComparison.Ordinal) ? "The memory has changed since this page was shown; nothing was changed. Look at it again."
            : form["confirmation"].ToString() is not "yes" ? "It was not confirmed; nothing was changed."
            : await TryAsync();
        if (problem is not null)
        {
            return Page.Of<FactPage, FactModel>(context, model with { Written = written, Problem = problem }, StatusCodes.Status409Conflict);
        }

        audit.Add(context.GetCaller(), isDeleted ? "delete_fact" : "correct_fact", model.Record.Memory.Owner, ("facts", 1 + model.Others.Count));
        return TypedResults.LocalRedirect(MemoryModel.UrlOf(id, model.Owner));

        async Task<string?> TryAsync()
        {
            try
            {
                await editor.EditAsync(new() { MemoryId = id, Fact = model.Fact.Text, Replacement = written, By = context.GetCaller().RecordedName }, lifetime.ApplicationStopping);
                return null;
            }
            catch (Exception ex) when (ex is EditException or RunInProgressException)
            {
                return ex.Message;
            }
        }
    }

    private static async ValueTask<FactModel> FindAsync(string id, int number, Owner? asked, HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        if (!context.GetCaller().MayAdminister)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Correcting and deleting facts needs an agent with \"MayAdminister\": true.");
        }

        var (record, owner) = await MemoryEndpoints.FindAsync(id, asked, store, cancellationToken);
        if (number < 1 || number > record.Memory.Facts.Count)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "The memory has no fact of this number.");
        }

        var fact = record.Memory.Facts[number - 1];
        var concerned = MemoryEditor.Concerned(record.Memory, new() { MemoryId = id, Fact = fact.Text, By = context.GetCaller().RecordedName });
        return new(record, number, owner, [.. concerned.Where(one => !string.Equals(one.Text, fact.Text, StringComparison.Ordinal))], Written: null, Problem: null);
    }
}
