using System.Globalization;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Tells the ways in which a call fails apart, and says of each what to do.</summary>
/// <param name="url">The configured address, which holds no secret.</param>
internal sealed class ApiFailures(string url)
{
    private const string AddressAdvice = $"{AnythingLlmOptions.SectionName}:Url must lead to AnythingLLM and end in /api, as http://localhost:3001/api does.";
    private const string LaterAdvice = "Look at AnythingLLM's log, and try again later.";

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server { get; } = $"AnythingLLM at {url}";

    /// <summary>Describes an answer that is no success.</summary>
    public ApiException OfStatus(HttpResponseMessage answer, string call, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            403 => Lasting($"{Server} refused the key (403).", $"Make a key in AnythingLLM under Settings > Tools > Developer API, and set {AnythingLlmOptions.SectionName}:ApiKey."),
            401 => Lasting($"{Server} asks for another sign-in (401), as a proxy before it may.", $"Let the address {AnythingLlmOptions.SectionName}:Url lead to AnythingLLM itself, which takes the key."),
            404 => Lasting($"{Server} has no {call} (404).", AddressAdvice),
            408 => Passing($"{Server} gave up waiting for {call} (408).", LaterAdvice),
            429 => Passing($"{Server} takes no more calls for now (429).", "Try again later.", HttpFailure.RetryAfter(answer, now)),
            >= 300 and < 400 => Lasting($"{Server} redirects to {TargetOf(answer)} ({status}), and the key is sent to no other address.", $"Set {AnythingLlmOptions.SectionName}:Url to the address that it leads to."),
            >= 400 and < 500 => IsWebPage(answer) ? OfWebPage(call) : Lasting(string.Create(CultureInfo.InvariantCulture, $"{Server} refused {call} ({status})."), "Look at AnythingLLM's log, or that of a proxy before it."),
            _ => Passing(string.Create(CultureInfo.InvariantCulture, $"{Server} failed at {call} ({status})."), LaterAdvice, HttpFailure.RetryAfter(answer, now)),
        };
    }

    /// <summary>Tells whether the answer says that it is HTML.</summary>
    public static bool IsWebPage(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Describes a page of HTML, which AnythingLLM gives for every address that it does not know.</summary>
    public ApiException OfWebPage(string call) => Lasting($"{Server} answered {call} with a web page.", AddressAdvice);

    /// <summary>Describes an answer that ends too early or is no JSON.</summary>
    public ApiException OfBrokenAnswer(string call, Exception cause) =>
        Passing($"{Server} answered {call} with something cut off or not JSON.", $"{LaterAdvice} If it stays so, check {AnythingLlmOptions.SectionName}:Url.", cause: cause);

    /// <summary>Describes JSON of another shape than the API's.</summary>
    public ApiException OfShape(string call, string wrong) => Passing($"{Server} answered {call} with JSON that is not of this API: {wrong}.", AddressAdvice);

    /// <summary>Describes an answer larger than any that is read.</summary>
    public ApiException OfLargeAnswer(string call, long most) =>
        Lasting(string.Create(CultureInfo.InvariantCulture, $"{Server} answered {call} with more than {most / (1024 * 1024)} MiB."), "Delete the chat that holds so much in AnythingLLM.");

    /// <summary>Describes a call that took too long.</summary>
    public ApiException OfTimeout(string call, TimeSpan timeout) =>
        Passing(string.Create(CultureInfo.InvariantCulture, $"{Server} did not answer {call} whole within {timeout.TotalSeconds} s."), $"Look at AnythingLLM's log, or raise {AnythingLlmOptions.SectionName}:Timeout.");

    /// <summary>Describes a list without chats that cannot be true: AnythingLLM answers so when its database fails.</summary>
    public ApiException OfSwallowedError() => Passing($"{Server} gave an empty list where there are chats, as it does when its database fails.", LaterAdvice);

    /// <summary>Describes a list that goes round in circles.</summary>
    public ApiException OfRepeatedPage() =>
        Lasting($"{Server} gives the same chats page after page, as if it did not receive the number of the page.", $"Check what lies between: {AnythingLlmOptions.SectionName}:Url should lead to AnythingLLM directly.");

    /// <summary>Describes a connection that was not made or broke.</summary>
    public ApiException OfConnection(HttpRequestException cause) =>
        Passing($"{Server} cannot be reached: {HttpFailure.ReasonOf(cause)}.", $"Start it, or correct {AnythingLlmOptions.SectionName}:Url.", cause: cause);

    private static ApiException Lasting(string finding, string advice) => new(finding, advice, isTransient: false);

    private static ApiException Passing(string finding, string advice, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(finding, advice, isTransient: true, cause) { RetryAfter = retryAfter };

    /// <summary>The host alone: a path or query may hold a token.</summary>
    private static string TargetOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true, Host.Length: > 0 } target ? $"the host {target.IdnHost}" : "another path";
}
