using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Recollect.Server.Settings;
using Recollect.Text;

namespace Recollect.Server.Http;

/// <summary>Refuses bodies that are too large.</summary>
/// <remarks>
/// Kestrel has such a limit too, but ends the connection with it: a client that still sends then finds a broken pipe in place of the answer.
/// A body that is refused here is read on, for five seconds at most, and thrown away.
/// </remarks>
internal sealed class BodyLimit(RequestDelegate next, IOptions<ServerOptions> options)
{
    /// <summary>Answers a request.</summary>
    /// <exception cref="ProblemException">It says itself that it is too large; one that does not say its size is refused while it is read.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var most = options.Value.MaxRequestBytes;
        if (request.ContentLength > most)
        {
            throw TooLarge();
        }

        if (request.ContentLength is null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
        {
            request.Body = new BoundedStream(request.Body, most, TooLarge);
        }

        return next(context);

        ProblemException TooLarge() =>
            new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than the {most} bytes that Server:MaxRequestBytes allows.");
    }
}
