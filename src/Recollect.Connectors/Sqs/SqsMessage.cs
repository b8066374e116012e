using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Work;

namespace Recollect.Connectors.Sqs;

/// <summary>A message as SQS gave it.</summary>
/// <param name="Body">The body.</param>
/// <param name="Receipt">What settles it.</param>
/// <param name="Deliveries">How often it was received.</param>
/// <param name="Attributes">What its sender put beside it, as it came; null where there is nothing.</param>
internal sealed record SqsMessage(string Body, string Receipt, int Deliveries, JsonElement? Attributes)
{
    /// <summary>How many bytes of a message are left for what stands beside its body.</summary>
    public const int BytesBeside = 128;

    /// <summary>The attribute in which the reason stands beside a dead letter.</summary>
    public const string ReasonAttribute = "recollect-reason";

    private const string TraceAttribute = "traceparent";
    private const string BodyField = "Body";
    private const string SystemField = "Attributes";
    private const int MostAttributes = 10;
    private const int LongestTrace = 100;
    private const int ShortReason = 100; // with the attribute's name it fits into BytesBeside

    /// <summary>Gets what a receiver gets.</summary>
    public QueueMessage ToMessage() => new(Body)
    {
        TraceParent = Attributes is { } beside && beside.TryGetProperty(TraceAttribute, out var trace) && trace.ValueKind is JsonValueKind.Object
            && trace.TryGetProperty("StringValue", out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null,
    };

    /// <summary>Reads what a question for messages brought.</summary>
    public static IReadOnlyList<SqsMessage> Read(JsonElement answer) =>
        answer.TryGetProperty("Messages", out var messages) && messages.ValueKind is JsonValueKind.Array ? [.. messages.EnumerateArray().Select(ReadOne)] : [];

    /// <summary>Makes what is sent.</summary>
    public static JsonObject ToSend(string queueUrl, QueueMessage message)
    {
        var body = new JsonObject { ["QueueUrl"] = queueUrl, ["MessageBody"] = message.Body };
        if (message.TraceParent is { Length: > 0 and <= LongestTrace } trace && SqsText.FirstRefused(trace) is null)
        {
            body["MessageAttributes"] = new JsonObject { [TraceAttribute] = Text(trace) };
        }

        return body;
    }

    /// <summary>Makes the dead letter that is sent.</summary>
    /// <param name="queueUrl">Where to.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isShort">Whether it must take little room: then nothing else stands beside it.</param>
    public JsonObject ToBury(string queueUrl, string reason, bool isShort)
    {
        var beside = new JsonObject();
        if (!isShort && Attributes is { } own)
        {
            foreach (var attribute in own.EnumerateObject().Where(attribute => attribute.Name is not ReasonAttribute).Take(MostAttributes - 1))
            {
                beside[attribute.Name] = JsonObject.Create(attribute.Value);
            }
        }

        beside[ReasonAttribute] = Text(isShort ? SqsText.Cut(reason, ShortReason) : reason);
        return new() { ["QueueUrl"] = queueUrl, ["MessageBody"] = Body, ["MessageAttributes"] = beside };
    }

    private static JsonObject Text(string value) => new() { ["DataType"] = "String", ["StringValue"] = value };

    private static SqsMessage ReadOne(JsonElement message) => new(
        message.GetProperty(BodyField).GetString()!,
        message.GetProperty("ReceiptHandle").GetString()!,
        message.TryGetProperty(SystemField, out var system) && system.TryGetProperty("ApproximateReceiveCount", out var count)
            && int.TryParse(count.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var deliveries) ? Math.Max(1, deliveries) : 1,
        message.TryGetProperty("MessageAttributes", out var own) && own.ValueKind is JsonValueKind.Object ? own : null);
}
