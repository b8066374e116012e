using System.Globalization;

namespace Recollect.Connectors.Service;

/// <summary>Tells the ways in which a call fails apart, and says of each what to do.</summary>
/// <param name="url">The configured address, which holds no secret.</param>
internal sealed class ServiceFailures(string url)
{
    /// <summary>What the service says of a conversation that is not there; any other 404 comes from something else.</summary>
    public const string NoConversation = "Conversation not found";

    private const string UrlSetting = $"{ServiceOptions.SectionName}:{nameof(ServiceOptions.Url)}";
    private const string KeySetting = $"{ServiceOptions.SectionName}:{nameof(ServiceOptions.ApiKey)}";
    private const string LaterAdvice = "Look at its log, and try again later.";

    /// <summary>Gets what the service is called in sentences.</summary>
    public string Server { get; } = $"The service at {url}";

    /// <summary>Describes an answer that is no success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="detail">What its body says; empty for nothing.</param>
    /// <param name="now">What the clock shows.</param>
    public ApiException OfStatus(HttpResponseMessage answer, string detail, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            401 => Lasting($"{Server} refused the key (401).", $"Set {KeySetting} to a key of this service, made with \"recollect key new --may-work\"."),
            403 => Lasting($"{Server} does not let the key do this (403). {detail}", $"Correct the agent under Server:Agents of the service, or {KeySetting}."),
            404 when string.Equals(detail, NoConversation, StringComparison.Ordinal) => Lasting($"{Server} does not have the conversation any more (404).", "Nothing is to be done: it was deleted, or its user was forgotten."),
            404 => Lasting($"{Server} has no routes for workers (404).", $"{UrlSetting} must be the address of a recollect serve of this version."),
            409 => Lasting($"{Server} does not take it (409). {detail}", "It is made again."),
            413 => Lasting($"{Server} takes no request as large as this one (413).", "Raise Server:MaxRequestBytes of the service."),
            408 or 429 or >= 500 => Passing(string.Create(CultureInfo.InvariantCulture, $"{Server} failed ({status})."), LaterAdvice, HttpFailure.RetryAfter(answer, now)),
            >= 300 and < 400 => Lasting(string.Create(CultureInfo.InvariantCulture, $"{Server} redirects ({status}), and the key is sent to no other address."), $"Set {UrlSetting} to the address that it leads to."),
            _ => Lasting(string.Create(CultureInfo.InvariantCulture, $"{Server} refused a request ({status}). {detail}"), "Run the same version of Recollect on both sides."),
        };
    }

    /// <summary>Describes something else than the JSON that was expected.</summary>
    public ApiException OfBrokenAnswer(Exception? cause) => Passing($"{Server} answered with something cut off, or with no JSON of its own.", $"{LaterAdvice} If it stays so, check {UrlSetting}.", cause: cause);

    /// <summary>Describes an answer larger than any that is read.</summary>
    public ApiException OfLargeAnswer(long most) => Lasting(
        string.Create(CultureInfo.InvariantCulture, $"{Server} answered with more than {most / (1024 * 1024)} MiB."), "Let a worker beside the database make this conversation.");

    /// <summary>Describes a call that took too long.</summary>
    public ApiException OfTimeout(TimeSpan timeout) => Passing(
        string.Create(CultureInfo.InvariantCulture, $"{Server} did not answer whole within {timeout.TotalSeconds} s."), $"Look at its log, or raise {ServiceOptions.SectionName}:{nameof(ServiceOptions.Timeout)}.");

    /// <summary>Describes a connection that was not made or broke.</summary>
    public ApiException OfConnection(HttpRequestException cause) =>
        Passing($"{Server} cannot be reached: {HttpFailure.ReasonOf(cause)}.", $"Start it, check the network, or correct {UrlSetting}.", cause: cause);

    private static ApiException Lasting(string finding, string advice) => new(finding.TrimEnd(), advice, isTransient: false);

    private static ApiException Passing(string finding, string advice, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(finding, advice, isTransient: true, cause) { RetryAfter = retryAfter };
}
