using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Web.Audit;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Forget;

/// <summary>Forgets a user: shows what will go, asks for the name once more, and gives a receipt.</summary>
internal static class ForgetEndpoints
{
    public static void MapForget(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forget", AskAsync);
        pages.MapPost("/forget", ForgetAsync);
    }

    private static async Task<IResult> AskAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var fields = new QueryFields(context.Request, "user", "tenant");
        var owner = context.GetCaller().OwnerToForget(fields.RequiredText("user"), fields.Text("tenant"));
        return Page.Of<ForgetPage, ForgetModel>(context, new(owner, await CountAsync(store, owner, cancellationToken), Problem: null, Receipt: null));
    }

    private static async Task<IResult> ForgetAsync(
        HttpContext context, IMemoryStore store, UserEraser eraser, AuditLog audit, IAntiforgery antiforgery, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        await WebForms.CheckAsync(antiforgery, context);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var owner = context.GetCaller().OwnerToForget(form["user"].ToString(), form["tenant"].ToString());
        if (!string.Equals(form["confirmation"].ToString(), owner.User, StringComparison.Ordinal))
        {
            return await RefuseAsync("The name that was typed is not the user's; nothing was forgotten.");
        }

        try
        {
            var receipt = await eraser.ForgetAsync(owner.Tenant, owner.User, lifetime.ApplicationStopping); // to the end, also when nobody waits for the receipt
            audit.Add(context.GetCaller(), "forget", owner, ("memories", receipt.Memories), ("messages", receipt.Messages), ("sessions", receipt.Sessions));
            return Page.Of<ForgetPage, ForgetModel>(context, new(owner, 0, Problem: null, receipt));
        }
        catch (RunInProgressException ex)
        {
            return await RefuseAsync(ex.Message);
        }

        async Task<IResult> RefuseAsync(string problem) =>
            Page.Of<ForgetPage, ForgetModel>(context, new(owner, await CountAsync(store, owner, cancellationToken), problem, Receipt: null), StatusCodes.Status409Conflict);
    }

    private static async ValueTask<int> CountAsync(IMemoryStore store, Owner owner, CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        return (await store.ListAsync(owner.Visibility, after: null, ForgetModel.MostCounted, cancellationToken)).Count;
    }
}
