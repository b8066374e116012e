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
using Recollect.Server.Web.Memory;

namespace Recollect.Server.Web.Forget;

/// <summary>Forgets one memory: shows what will go, asks, and gives a receipt.</summary>
internal static class ForgetMemoryEndpoints
{
    public static void MapForgetMemory(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/memories/{id}/forget", AskAsync);
        pages.MapPost("/memories/{id}/forget", ForgetAsync);
    }

    private static async Task<IResult> AskAsync(string id, HttpContext context, IMemoryStore store, MemoryEditor editor, CancellationToken cancellationToken)
    {
        OwnerFields.Read(context, out var owner);
        return Page.Of<ForgetMemoryPage, ForgetMemoryModel>(context, await FindAsync(id, owner, context, store, editor, cancellationToken));
    }

    private static async Task<IResult> ForgetAsync(
        string id, HttpContext context, IMemoryStore store, MemoryEditor editor, AuditLog audit, IAntiforgery antiforgery, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        await WebForms.CheckAsync(antiforgery, context);
        OwnerFields.Read(context, out var owner);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var model = await FindAsync(id, owner, context, store, editor, cancellationToken);
        if (form["confirmation"].ToString() is not "yes")
        {
            return Refuse("It was not confirmed; nothing was forgotten.");
        }

        try
        {
            var receipt = await editor.ForgetAsync(id, context.GetCaller().RecordedName, lifetime.ApplicationStopping); // to the end, also when nobody waits for the receipt
            audit.Add(context.GetCaller(), "forget_memory", model.Record.Memory.Owner, ("memories", receipt.Memories), ("messages", receipt.Messages));
            return Page.Of<ForgetMemoryPage, ForgetMemoryModel>(context, model with { Receipt = receipt });
        }
        catch (Exception ex) when (ex is EditException or RunInProgressException)
        {
            return Refuse(ex.Message);
        }

        IResult Refuse(string problem) => Page.Of<ForgetMemoryPage, ForgetMemoryModel>(context, model with { Problem = problem }, StatusCodes.Status409Conflict);
    }

    private static async ValueTask<ForgetMemoryModel> FindAsync(string id, Owner? asked, HttpContext context, IMemoryStore store, MemoryEditor editor, CancellationToken cancellationToken)
    {
        if (!context.GetCaller().MayForget)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Forgetting a memory needs an agent with \"MayForget\": true (recollect key new --may-forget).");
        }

        var (record, owner) = await MemoryEndpoints.FindAsync(id, asked, store, cancellationToken);
        return new(record, owner, (await editor.ListAsync(record.Memory, cancellationToken)).Count, Problem: null, Receipt: null);
    }
}
