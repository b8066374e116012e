using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Recollect.Recall;
using Recollect.Runs;
using Recollect.Server.Api;
using Recollect.Server.Reference;
using Recollect.Server.Web;
using Recollect.Server.Web.Layout;
using Recollect.Work;

namespace Recollect.Server.Http;

/// <summary>Turns every failure of a request into problem details, and gives a body to those that have none.</summary>
internal sealed partial class Problems(RequestDelegate next, ILogger<Problems> logger)
{
    private const string ContentType = "application/problem+json";

    /// <summary>Answers a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) // nobody waits for the answer
        {
            return;
        }
        catch (Exception ex) when (!context.Response.HasStarted) // whatever it is, the caller gets an answer that tells no secrets
        {
            context.Response.Clear();
            await (ex is InvalidInputException invalid ? WriteInvalidAsync(context, invalid) : WriteAsync(context, Explain(ex)));
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
        {
            await WriteAsync(context, new(context.Response.StatusCode, DetailOf(context)));
        }
    }

    private static string DetailOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when WebPage.Of(context) is not null => "There is no page here.",
        StatusCodes.Status404NotFound => "There is nothing here; /openapi/v1.json lists the routes.",
        StatusCodes.Status405MethodNotAllowed => $"This route takes {context.Response.Headers.Allow} only.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be JSON, and the header Content-Type must say so: application/json.",
        _ => "The request could not be read.",
    };

    private static Task WriteInvalidAsync(HttpContext context, InvalidInputException invalid)
    {
        context.Response.StatusCode = invalid.Status;
        return context.Response.WriteAsJsonAsync(invalid.Body, ApiJson.Readable.InvalidInputJson);
    }

    private static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        if (problem.Header is { } header)
        {
            context.Response.Headers[header.Key] = header.Value;
        }

        if (WebPage.Of(context) is not null)
        {
            return Page.Of<ProblemPage, ProblemModel>(context, new(problem.Status, problem.Message), problem.Status).ExecuteAsync(context);
        }

        var body = new ProblemJson
        {
            Title = ReasonPhrases.GetReasonPhrase(problem.Status),
            Status = problem.Status,
            Detail = problem.Message.Length > 0 ? problem.Message : null,
            Part = problem.Part,
        };
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(body, ApiJson.Readable.ProblemJson, ContentType);
    }

    private ProblemException Explain(Exception failure)
    {
        switch (failure)
        {
            case ProblemException problem:
                return problem;
            case BadHttpRequestException bad:
                return new(bad.StatusCode, "The request could not be read.");
            case RunInProgressException or RecallException or ConversationChangedException:
                return new(StatusCodes.Status409Conflict, failure.Message);
            case OperationCanceledException:
                return new(StatusCodes.Status503ServiceUnavailable, "The server is stopping.");
            case RecollectException:
                LogUnanswered(logger, Failure.Describe(failure));
                return new(StatusCodes.Status503ServiceUnavailable, "A part that this needs does not answer; the log of the server says which. Try again later.");
            default:
                LogUnanswered(logger, Failure.Describe(failure));
                return new(StatusCodes.Status500InternalServerError, string.Empty);
        }
    }

    [LoggerMessage(20001, LogLevel.Error, "A request could not be answered: {Error}")]
    private static partial void LogUnanswered(ILogger logger, string error);
}
