using System.Globalization;
using System.Text.Json;
using Recollect.Bots;

namespace Recollect.Connectors.WhatsApp;

/// <summary>Tells the ways in which a call fails apart, and says of each what to do. Nothing of an address but its host is shown, and nothing of an answer.</summary>
/// <param name="url">The configured address, which holds no secret.</param>
internal sealed class GreenApiFailures(string url)
{
    private static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(10);

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server { get; } = $"GREEN-API at {(Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Authority : "an address that is none")}";

    /// <summary>Describes an answer that is no success.</summary>
    /// <param name="name">The API's method.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="now">The time.</param>
    public ChannelException OfStatus(string name, HttpResponseMessage answer, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            401 or 403 => new($"{Server} refused {(status == 401 ? "the token" : "the instance")} ({status}). Check {WhatsAppOptions.SectionName}:Instance and Token, and that Url is the apiUrl of this instance.") { IsConfiguration = true },
            404 => new($"{Server} has no {name} (404). {WhatsAppOptions.SectionName}:Url must be the apiUrl of the instance.") { IsConfiguration = true },
            >= 300 and < 400 => new($"{Server} redirects {name} elsewhere ({status}), and the token is sent to no other address. Correct {WhatsAppOptions.SectionName}:Url.") { IsConfiguration = true },
            400 when IsOfInstance(body) => Passing($"{Server} cannot carry messages yet: the instance starts, or its phone is not linked ({name}, 400). Link it in the console of GREEN-API.", HttpFailure.RetryAfter(answer, now)),
            466 when IsOfCorrespondents(body) => new($"{Server} sends nothing to another chat this month: the plan's number of correspondents is used up (466). Choose a larger plan."),
            466 => Passing($"{Server} makes no more calls of {name} for now: the plan's quota is used up (466). Choose a larger plan, or wait.", HttpFailure.RetryAfter(answer, now) ?? QuotaPause),
            408 or 425 or 429 or 499 or >= 500 => Passing(string.Create(CultureInfo.InvariantCulture, $"{Server} failed at {name} ({status}). It is tried again."), HttpFailure.RetryAfter(answer, now)),
            _ => new(string.Create(CultureInfo.InvariantCulture, $"{Server} refused {name} ({status}).")),
        };
    }

    /// <summary>Describes an answer of another shape than the API's.</summary>
    public ChannelException OfShape(string name, string wrong, Exception? cause = null) => new($"{Server} answered {name} with something else than the API does: {wrong}. Check {WhatsAppOptions.SectionName}:Url.", isTransient: true, cause);

    /// <summary>Describes a call that took too long.</summary>
    public ChannelException OfTimeout(string name, TimeSpan timeout) => new(string.Create(CultureInfo.InvariantCulture, $"{Server} did not answer {name} within {timeout.TotalSeconds} s. It is tried again."), isTransient: true);

    /// <summary>Describes a connection that was not made or broke.</summary>
    public ChannelException OfConnection(string name, Exception cause) =>
        new($"{Server} cannot be reached for {name}: {HttpFailure.ReasonOf(cause)}. It is tried again; check {WhatsAppOptions.SectionName}:Url if it stays so.", isTransient: true, cause);

    private static ChannelException Passing(string message, TimeSpan? retryAfter) => new(message, isTransient: true) { RetryAfter = retryAfter };

    /// <summary>A 400 that has nothing to do with what was sent.</summary>
    private static bool IsOfInstance(ReadOnlyMemory<byte> body) => body.Span.IndexOf("starting process"u8) >= 0 || body.Span.IndexOf("not authorized"u8) >= 0;

    private static bool IsOfCorrespondents(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("correspondentsStatus", out var correspondents) && IsExceeded(correspondents)
                && !(document.RootElement.TryGetProperty("invokeStatus", out var calls) && IsExceeded(calls));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsExceeded(JsonElement quota) =>
        quota.ValueKind is JsonValueKind.Object && quota.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.String
        && status.ValueEquals("QUOTE_EXCEEDED"u8) | status.ValueEquals("CORRESPONDENTS_QUOTE_EXCEEDED"u8);
}
