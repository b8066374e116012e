using System.Globalization;
using Recollect.Memorize.Embedding;

namespace Recollect.Connectors.OpenAi;

/// <summary>Tells the ways in which a request fails apart, and says of each what to do.</summary>
/// <param name="host">The host and port: the path may hold a token.</param>
/// <param name="options">The settings that the advice names.</param>
internal sealed class EmbeddingFailures(string host, OpenAiEmbeddingOptions options)
{
    private const string Section = OpenAiEmbeddingOptions.SectionName;

    private readonly string _server = $"The embedder at {host}";

    /// <summary>Describes an answer that is no success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="code">The server's own word for the error, such as <c>insufficient_quota</c>; empty where it gives none.</param>
    /// <param name="now">The time.</param>
    public RequestException OfStatus(HttpResponseMessage answer, string code, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var shown = string.Create(CultureInfo.InvariantCulture, $"({status}{(code.Length > 0 ? " " : string.Empty)}{code})");
        return status switch
        {
            400 or 413 or 422 => OfRefusedTexts(code, shown),
            401 => Lasting($"{_server} refused the key {shown}; check {Section}:ApiKey."),
            402 => Lasting($"{_server} wants to be paid first {shown}; add credit there."),
            403 => Lasting($"{_server} does not let this key use the model {options.Model} {shown}; check its rights, or {Section}:Model."),
            404 => Lasting($"{_server} has no model {options.Model}, or no embeddings at this address {shown}; check {Section}:Model (with Ollama, pull it first) and {Section}:Endpoint."),
            429 when code is "insufficient_quota" => Lasting($"{_server} has no quota left for this key {shown}; add credit or raise the limit there. Waiting does not help."),
            429 => Passing($"{_server} takes no more requests for now {shown}; lower {Section}:Concurrency if that stays so.", HttpFailure.RetryAfter(answer, now)),
            >= 300 and < 400 => Lasting($"{_server} redirects {shown}, and the key is sent to no other address; set {Section}:Endpoint to the address that it leads to."),
            408 or 409 or 425 or >= 500 => Passing($"{_server} failed {shown}; later tries may succeed.", HttpFailure.RetryAfter(answer, now)),
            _ => Lasting($"{_server} refused the request {shown}; check {Section}:Endpoint."),
        };
    }

    /// <summary>Describes an answer that is no JSON, or ends too early.</summary>
    public RequestException OfBrokenAnswer(Exception? cause) =>
        Passing($"{_server} gave an answer that is cut off or not JSON; if it stays so, check {Section}:Endpoint.", retryAfter: null, cause);

    /// <summary>Describes JSON that does not hold one vector a text.</summary>
    public RequestException OfShape(string wrong) => Passing($"{_server} gave an answer that cannot be used: {wrong}.");

    /// <summary>Describes an error that came with the status of a success.</summary>
    public RequestException OfHiddenError() => Passing($"{_server} answered with an error in place of vectors; look at its log.");

    /// <summary>Describes a request that took too long.</summary>
    public RequestException OfTimeout(Exception cause) =>
        Passing($"{_server} did not answer whole within {options.Timeout:g}; raise {Section}:Timeout, or lower {Section}:MaxInputs.", retryAfter: null, cause);

    /// <summary>Describes a text that no request may hold.</summary>
    public RequestException OfLongText(long tokens) => new(
        string.Create(CultureInfo.InvariantCulture, $"A text of about {tokens:N0} tokens is longer than the {options.MaxTokens:N0} that a request may hold; lower {EmbeddingOptions.SectionName}:ChunkCharacters, or raise {Section}:MaxTokens."),
        isTransient: false)
    {
        IsUnsent = true,
    };

    /// <summary>Describes a text without a character, which no server takes.</summary>
    public static RequestException OfEmptyText() => new("An empty text has no vector.", isTransient: false) { IsUnsent = true };

    /// <summary>Describes a connection that was not made or broke.</summary>
    public RequestException OfConnection(Exception cause) =>
        new($"{_server} cannot be reached: {HttpFailure.ReasonOf(cause)}. Start it, or correct {Section}:Endpoint.", isTransient: true, cause) { IsUnsent = HttpFailure.IsUnsent(cause) };

    private RequestException OfRefusedTexts(string code, string shown)
    {
        var advice = code.Contains("context_length", StringComparison.Ordinal)
            ? $"a text is too long for the model {options.Model}; lower {EmbeddingOptions.SectionName}:ChunkCharacters"
            : $"check {Section}:Model and {Section}:SendDimensions, and lower {EmbeddingOptions.SectionName}:ChunkCharacters if texts are too long for the model";
        return new($"{_server} refused the texts {shown}: {advice}.", isTransient: false) { MayBeOneText = true };
    }

    private static RequestException Lasting(string message) => new(message, isTransient: false);

    private static RequestException Passing(string message, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(message, isTransient: true, cause) { RetryAfter = retryAfter };
}
