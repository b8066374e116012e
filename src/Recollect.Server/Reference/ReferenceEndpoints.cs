using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Recollect.Server.Reference;

/// <summary>The routes of a backend that kept its memories itself before, so that its callers need not change.</summary>
internal static class ReferenceEndpoints
{
    /// <summary>Maps them, with and without <c>/api</c> in front.</summary>
    public static void MapReference(this IEndpointRouteBuilder app)
    {
        foreach (var prefix in new[] { string.Empty, "/api" })
        {
            var routes = app.MapGroup(prefix);
            TaskEndpoints.Map(routes, prefix.Length == 0);
            MemoryEndpoints.Map(routes, prefix.Length == 0);
        }
    }
}
