using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Conversations;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Web.Layout;
using Recollect.Sessions;

namespace Recollect.Server.Web.Sessions;

/// <summary>What people say to a bot now, before it is remembered. Sessions belong to the default tenant, and each is its person's own.</summary>
internal static class SessionPages
{
    private const int MostSessions = 200;

    public static void MapSessionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sessions", ListAsync);
        pages.MapGet("/sessions/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISessionStore sessions, CancellationToken cancellationToken)
    {
        Check(context.GetCaller());
        var (latest, count) = (new PriorityQueue<Session, DateTimeOffset>(), 0);
        await foreach (var session in sessions.ListAsync(archived: false, cancellationToken))
        {
            count++;
            latest.Enqueue(session, session.LastActive);
            if (latest.Count > MostSessions)
            {
                latest.Dequeue();
            }
        }

        return Page.Of<SessionsPage, SessionsModel>(context, new([.. latest.UnorderedItems.Select(static one => one.Element).OrderByDescending(static session => session.LastActive)], count));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, ISessionStore sessions, CancellationToken cancellationToken)
    {
        Check(context.GetCaller());
        return await sessions.GetAsync([id], cancellationToken) is [var session]
            ? Page.Of<SessionPage, SessionModel>(context, new(session, [.. (await sessions.ReadMessagesAsync(session, SessionModel.MostMessages, cancellationToken)).TakeLast(SessionModel.MostMessages)]))
            : throw new ProblemException(StatusCodes.Status404NotFound, "There is no session of this id.");
    }

    /// <summary>Makes sure that the viewer may read what is personal in the default tenant.</summary>
    private static void Check(Caller caller) => caller.OwnerFor(Owner.DefaultUser, Owner.DefaultTenant, Owner.PersonalScope);
}
