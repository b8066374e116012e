using System.Text;
using RabbitMQ.Client;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Messages as RabbitMQ carries them: the body in UTF-8, the rest in headers.</summary>
internal static class RabbitMqMessage
{
    /// <summary>The header in which the reason stands beside a dead letter.</summary>
    public const string ReasonHeader = "x-recollect-reason";

    private const string TraceHeader = "traceparent";
    private const string DeliveryCountHeader = "x-delivery-count";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes the bytes of a body.</summary>
    /// <exception cref="QueueException">It is not well-formed text.</exception>
    public static byte[] Bytes(string body)
    {
        try
        {
            return Strict.GetBytes(body);
        }
        catch (EncoderFallbackException ex)
        {
            throw new QueueException("A message holds half of a surrogate pair, which cannot be sent. Replace it by U+FFFD.", isTransient: false, ex);
        }
    }

    /// <summary>Makes the properties of a message that survives a restart of the broker.</summary>
    public static BasicProperties Properties(QueueMessage message) => new()
    {
        Persistent = true,
        ContentType = "application/json",
        Headers = message.TraceParent is { } trace ? new Dictionary<string, object?>(StringComparer.Ordinal) { [TraceHeader] = trace } : null,
    };

    /// <summary>Makes the properties of a dead letter: those that it came with, and the reason.</summary>
    public static BasicProperties DeadProperties(IReadOnlyBasicProperties properties, string reason)
    {
        var dead = new BasicProperties(properties) { Persistent = true };
        dead.ClearExpiration(); // it stays until somebody has looked at it
        dead.ClearUserId(); // which may only be our own
        dead.Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal), StringComparer.Ordinal) { [ReasonHeader] = reason };
        dead.Headers.Remove(DeliveryCountHeader);
        return dead;
    }

    /// <summary>Reads a message.</summary>
    public static QueueMessage Read(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) =>
        new(Encoding.UTF8.GetString(body)) { TraceParent = properties.Headers?.TryGetValue(TraceHeader, out var trace) is true && trace is byte[] text ? Encoding.UTF8.GetString(text) : null };

    /// <summary>Counts the deliveries of a message, this one included.</summary>
    public static int Deliveries(IReadOnlyBasicProperties properties, bool isRedelivered) =>
        properties.Headers?.TryGetValue(DeliveryCountHeader, out var count) is true && count is long or int or short or byte
            ? (int)Math.Clamp(Convert.ToInt64(count, System.Globalization.CultureInfo.InvariantCulture) + 1, 1, int.MaxValue)
            : isRedelivered ? 2 : 1;
}
