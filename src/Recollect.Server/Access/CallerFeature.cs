using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Recollect.Server.Access;

/// <summary>Who asks, on a request.</summary>
internal static class CallerFeature
{
    /// <summary>Says who asks.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);

    /// <summary>Gets who asks.</summary>
    public static Caller GetCaller(this HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
