using System.Net.Sockets;

namespace Recollect.Connectors;

/// <summary>What a failed call over HTTP says, whoever was called.</summary>
internal static class HttpFailure
{
    /// <summary>Gets how long the server asks to be left alone; null when it does not say. Never negative.</summary>
    /// <param name="answer">The answer, with <c>Retry-After</c> in seconds or as a date.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Tells whether nothing of the request can have reached the server.</summary>
    /// <param name="cause">What the client threw.</param>
    public static bool IsUnsent(Exception cause) => cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError,
    };

    /// <summary>Says in a few words why no connection was made, or why it broke.</summary>
    /// <param name="cause">What the client threw.</param>
    public static string ReasonOf(Exception cause) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection was agreed on; its certificate may be one that this machine does not trust",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "nothing listens there",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection was made",
        _ => "the connection broke",
    };
}
