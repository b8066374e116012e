using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Health;

/// <summary>Whether every part works, tested a short while ago at most.</summary>
internal static class DoctorEndpoints
{
    public static void MapHealthPage(this IEndpointRouteBuilder pages) => pages.MapGet("/doctor", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, LastExamination examination, CancellationToken cancellationToken)
    {
        if (!context.GetCaller().MayAdminister)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Health is for agents with \"MayAdminister\": true.");
        }

        return Page.Of<DoctorPage, Examination>(context, await examination.GetAsync(cancellationToken));
    }
}
