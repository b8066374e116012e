using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Recollect.Server.Http;

namespace Recollect.Server.Web;

/// <summary>Checks what a form sends.</summary>
internal static class WebForms
{
    /// <summary>Makes sure that the form was one of these pages'.</summary>
    /// <exception cref="ProblemException">It was not, or it was shown too long ago.</exception>
    public static async Task CheckAsync(IAntiforgery antiforgery, HttpContext context)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "This form is too old, or cookies are off. Go back, load the page again and send it once more.");
        }
    }
}
