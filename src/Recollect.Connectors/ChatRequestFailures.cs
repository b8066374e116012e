using System.Globalization;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors;

/// <summary>Tells the ways in which a call of a model fails apart, and says of each what to do. What the server says is read but never repeated: it may hold a key or a text.</summary>
/// <param name="host">The host and port: the path may hold a token.</param>
/// <param name="section">The section of the settings that the advice names.</param>
/// <param name="model">The model.</param>
internal sealed class ChatRequestFailures(string host, string section, string model)
{
    private readonly string _server = $"The model at {host}";

    /// <summary>Describes an answer that is no success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="error">What the server says of it.</param>
    /// <param name="asksForFormat">Whether the request asked for a form of reply.</param>
    /// <param name="now">The time.</param>
    public GenerationException OfStatus(HttpResponseMessage answer, ChatError error, bool asksForFormat, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var word = error.Word;
        var shown = string.Create(CultureInfo.InvariantCulture, $"({status}{(word.Length > 0 ? " " : string.Empty)}{word})");
        return status switch
        {
            400 or 413 or 422 or 501 => OfRefusal(status, error, shown, asksForFormat),
            401 => Lasting($"{_server} refused the key {shown}; check {section}:ApiKey."),
            402 => Lasting($"{_server} wants to be paid first {shown}; add credit there."),
            403 => Lasting($"{_server} does not let this key use {model} {shown}; check its rights, or {section}:Model."),
            404 => Lasting($"{_server} has no model {model}, or nothing at this address {shown}; check {section}:Model (with Ollama, pull it first) and {section}:Endpoint."),
            429 when word is "insufficient_quota" => Lasting($"{_server} has no quota left for this key {shown}; add credit or raise the limit there. Waiting does not help."),
            429 => Passing($"{_server} takes no more requests for now {shown}; lower Runs:Concurrency if that stays so.", HttpFailure.RetryAfter(answer, now)),
            >= 300 and < 400 => Lasting($"{_server} redirects {shown}, and the key is sent to no other address; set {section}:Endpoint to the address that it leads to."),
            408 or 409 or 425 or >= 500 => Passing($"{_server} failed {shown}; later tries may succeed.", HttpFailure.RetryAfter(answer, now)),
            _ => Lasting($"{_server} refused the request {shown}; check {section}:Endpoint."),
        };
    }

    /// <summary>Describes an answer that is no JSON, ends too early, or has another shape.</summary>
    public GenerationException OfBrokenAnswer(Exception? cause = null) =>
        Passing($"{_server} gave an answer that is cut off or of another shape; if it stays so, check {section}:Endpoint.", retryAfter: null, cause);

    /// <summary>Describes an error that came with the status of a success.</summary>
    public GenerationException OfHiddenError() => Passing($"{_server} answered with an error in place of a reply; look at its log.");

    /// <summary>Describes a request that took too long.</summary>
    public GenerationException OfTimeout(TimeSpan timeout, Exception cause) =>
        Passing($"{_server} did not answer whole within {timeout:g}; raise {section}:Timeout, or lower Generation:Llm:MaxInputTokens.", retryAfter: null, cause);

    /// <summary>Describes a connection that was not made or broke.</summary>
    public GenerationException OfConnection(HttpRequestException cause) =>
        new($"{_server} cannot be reached: {HttpFailure.ReasonOf(cause)}. Start it, or correct {section}:Endpoint.", isTransient: true, cause) { IsUnsent = HttpFailure.IsUnsent(cause) };

    private GenerationException OfRefusal(int status, ChatError error, string shown, bool asksForFormat)
    {
        if (error.Word.Contains("content_filter", StringComparison.Ordinal) || error.Word.Contains("content_policy", StringComparison.Ordinal))
        {
            return Lasting($"A filter of {_server.Replace("The model", "the model", StringComparison.Ordinal)} refused this conversation {shown}. Trying again does not help; another model may.");
        }

        if (status == 413 || error.SaysTooLong)
        {
            return new($"{_server} takes no request of that length {shown}; lower Generation:Llm:MaxInputTokens.") { IsTooLong = true };
        }

        return new($"{_server} refused the request {shown}; check {section}:Model, Generation:Llm:MaxOutputTokens, and Generation:Llm:StructuredOutput if it takes no schema.")
        {
            IsFormatRefused = asksForFormat && (error.Field.Length == 0 || error.Field.StartsWith("response_format", StringComparison.Ordinal)),
        };
    }

    private static GenerationException Lasting(string message) => new(message);

    private static GenerationException Passing(string message, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(message, isTransient: true, cause) { RetryAfter = retryAfter };
}
