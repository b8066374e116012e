using System.Globalization;
using System.Text.Json;

namespace Recollect.Connectors.Sqs;

/// <summary>Tells the ways in which calls to SQS fail apart, and says of each what to do. Sentences of the service are not repeated.</summary>
/// <param name="options">The settings.</param>
internal sealed class SqsErrors(SqsOptions options)
{
    /// <summary>The code of all ways to say that a receipt is no longer good.</summary>
    public const string Stale = "Stale";

    private const string Section = SqsOptions.SectionName;

    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromMinutes(1);

    /// <summary>Gets what the service is called in sentences.</summary>
    public string Service { get; } = $"SQS at {SqsAddress.Endpoint(options).Authority}";

    /// <summary>Reads an answer that is no success.</summary>
    /// <param name="action">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="body">Its body; null where it is no JSON.</param>
    /// <param name="now">The moment.</param>
    public SqsCallException Of(string action, HttpResponseMessage answer, JsonElement? body, DateTimeOffset now)
    {
        var type = Text(body, "__type") ?? (answer.Headers.TryGetValues("x-amzn-query-error", out var told) ? told.First().Split(';')[0] : string.Empty);
        var code = type[(type.LastIndexOf('#') + 1)..];
        var text = Text(body, "message") ?? Text(body, "Message") ?? string.Empty;
        return OfCode(action, code, text, answer.Headers.Date - now) ?? OfStatus(action, code, (int)answer.StatusCode);
    }

    /// <summary>Describes a call that took too long.</summary>
    public SqsCallException OfTimeout(string action, Exception cause) =>
        new("Timeout", string.Create(CultureInfo.InvariantCulture, $"{Service} did not answer {action} within {options.Timeout.TotalSeconds} s. Check the network, or raise {Section}:Timeout."), isTransient: true, cause);

    /// <summary>Describes an answer that is none.</summary>
    public SqsCallException OfBrokenAnswer(string action, Exception? cause = null) =>
        new("BrokenAnswer", $"{Service} answered {action} with something cut off, too large or not its JSON. If it stays so, check {Section}:QueueUrl and Endpoint.", isTransient: true, cause);

    /// <summary>Describes a connection that was not made or broke.</summary>
    public SqsCallException OfConnection(string action, Exception cause) =>
        new("Connection", $"{Service} cannot be reached for {action}: {HttpFailure.ReasonOf(cause)}. Check the network, {Section}:QueueUrl and Endpoint.", isTransient: true, cause);

    private static string? Text(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private SqsCallException? OfCode(string action, string code, string text, TimeSpan? skew) => code switch
    {
        "MessageNotInflight" or "ReceiptHandleIsInvalid" or "AWS.SimpleQueueService.MessageNotInflight" => Lost(code),
        "InvalidParameterValue" when text.Contains("expired", StringComparison.OrdinalIgnoreCase) || text.Contains("Total VisibilityTimeout", StringComparison.Ordinal) => Lost(code),
        "InvalidParameterValue" when text.Contains("shorter", StringComparison.Ordinal) => Lasting(code, "takes no message as large as this. Send it in parts."),
        "InvalidMessageContents" => Lasting(code, "does not carry a character of this message. Remove control characters from it."),
        "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" => Lasting(code, $"has no such queue. Correct {Section}:QueueUrl or Region, or create it; after a deletion the name is free again in a minute."),
        "AccessDenied" or "AccessDeniedException" => Lasting(code, $"does not let these credentials do this. Allow them sqs:{action} on the queue and its dead-letter queue."),
        "InvalidClientTokenId" or "UnrecognizedClientException" or "MissingAuthenticationToken" or "IncompleteSignature" or "InvalidSecurity" => Lasting(code, $"does not know the access key. Check {Section}:AccessKey, or the credentials that are found for it."),
        "SignatureDoesNotMatch" or "InvalidSignatureException" or "RequestExpired" or "RequestTimeTooSkewed" => OfSignature(code, skew),
        "ExpiredToken" or "ExpiredTokenException" => Passing(code, "says that the session of these credentials has ended. Renew them, if nothing does so by itself."),
        "OverLimit" => Passing(code, "has too many messages in work (120,000) or another limit of its own. It goes on when some are done."),
        "RequestThrottled" or "Throttling" or "ThrottlingException" or "TooManyRequestsException" or "KmsThrottled" or "KMS.ThrottlingException" => Passing(code, "asks for fewer calls. They are tried again more slowly."),
        _ when code.StartsWith("Kms", StringComparison.OrdinalIgnoreCase) => Lasting(code, "cannot use the key that encrypts the queue. Allow kms:GenerateDataKey and kms:Decrypt on it, and see that it is enabled."),
        _ => null,
    };

    private SqsCallException Lost(string code) => new(Stale, $"{Service} no longer holds a message for this worker ({code}); it comes, or came, to somebody else.", isTransient: false);

    private SqsCallException OfSignature(string code, TimeSpan? skew) => skew is { } off && off.Duration() > NoticeableSkew
        ? new(code, string.Create(CultureInfo.InvariantCulture, $"{Service} refused the signature ({code}): this machine's clock is {off.Duration().TotalMinutes:F0} minutes off. Set it right."), isTransient: false) { Skew = off }
        : Lasting(code, $"refused the signature. Check {Section}:SecretKey and Region, or the credentials that are found for it.");

    private SqsCallException OfStatus(string action, string code, int status)
    {
        var what = code.Length > 0 && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.') ? code : status.ToString(CultureInfo.InvariantCulture);
        return status switch
        {
            408 or 429 or >= 500 => Passing(what, $"failed at {action}. It is tried again."),
            >= 300 and < 400 => Lasting(what, $"redirects. Set {Section}:Endpoint to where it leads."),
            403 => Lasting(what, $"does not let these credentials do this. Allow them sqs:{action} on the queue and its dead-letter queue."),
            _ => Lasting(what, $"refused {action}. Check {Section}:QueueUrl and Endpoint."),
        };
    }

    private SqsCallException Lasting(string code, string what) => new(code, Sentence(code, what), isTransient: false);

    private SqsCallException Passing(string code, string what) => new(code, Sentence(code, what), isTransient: true);

    private string Sentence(string code, string what)
    {
        var end = what.IndexOf('.', StringComparison.Ordinal);
        return $"{Service} {what[..end]} ({code}){what[end..]}";
    }
}
