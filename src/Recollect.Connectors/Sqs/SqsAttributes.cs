using System.Globalization;
using System.Text.Json;

namespace Recollect.Connectors.Sqs;

/// <summary>What a queue says of itself.</summary>
/// <param name="values">The attributes by name.</param>
internal sealed class SqsAttributes(IReadOnlyDictionary<string, string> values)
{
    private const int LeastMaxBytes = 1_024;

    /// <summary>Gets the largest message, attributes included, in bytes.</summary>
    public int MaxBytes => Math.Max(LeastMaxBytes, (int)Math.Min(int.MaxValue, Number("MaximumMessageSize", 262_144)));

    /// <summary>Gets the messages that wait.</summary>
    public long Waiting => Number("ApproximateNumberOfMessages", 0) + Number("ApproximateNumberOfMessagesDelayed", 0);

    /// <summary>Gets the messages that are taken.</summary>
    public long Taken => Number("ApproximateNumberOfMessagesNotVisible", 0);

    /// <summary>Gets the ARN of the dead-letter queue; null where there is none.</summary>
    public string? DeadLetterArn => Redrive("deadLetterTargetArn");

    /// <summary>Gets how often a message is received before the redrive policy moves it; null where there is none.</summary>
    public int? MaxReceiveCount => int.TryParse(Redrive("maxReceiveCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>Reads an answer.</summary>
    public static SqsAttributes Read(JsonElement answer) =>
        new(answer.TryGetProperty("Attributes", out var attributes) && attributes.ValueKind is JsonValueKind.Object
            ? attributes.EnumerateObject().Where(pair => pair.Value.ValueKind is JsonValueKind.String).ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal)
            : []);

    private long Number(string name, long otherwise) =>
        values.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private string? Redrive(string name)
    {
        if (!values.TryGetValue("RedrivePolicy", out var policy))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(policy);
            return document.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null; // a number, or a text
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
