using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Users;

/// <summary>The users of whom something is remembered.</summary>
internal static class UsersEndpoints
{
    private const int PageSize = 50;

    public static void MapUserPages(this IEndpointRouteBuilder pages) => pages.MapGet("/users", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var after = new QueryFields(context.Request, "after").Text("after");
        var owner = context.GetCaller().OwnerFor(Owner.DefaultUser, tenant: null, Owner.PersonalScope); // who may not read what is personal may not know whose it is
        if (store is not IUserDirectory directory)
        {
            return Page.Of<UsersPage, UsersModel>(context, new(owner.Tenant, null, null, IsFirst: true));
        }

        await store.InitializeAsync(cancellationToken);
        var users = await directory.ListUsersAsync(owner.Tenant, context.GetCaller().Scopes, after, PageSize + 1, cancellationToken); // one more tells whether there is a next page
        return Page.Of<UsersPage, UsersModel>(context, new(owner.Tenant, [.. users.Take(PageSize)], users.Count > PageSize ? users[PageSize - 1].User : null, after is null));
    }
}
