using System.Text.Json.Nodes;

namespace Recollect.Connectors.Sqs;

/// <summary>The queue and its dead-letter queue, with the calls that are made on them.</summary>
/// <param name="api">Makes the calls.</param>
/// <param name="options">Names the queue.</param>
internal sealed class SqsPlace(SqsApi api, SqsOptions options)
{
    private const string QueueField = "QueueUrl";

    /// <summary>Gets the URL of the queue.</summary>
    public string QueueUrl => options.QueueUrl;

    /// <summary>Gets the seconds for which a message is ours.</summary>
    private int VisibilitySeconds => (int)options.VisibilityTimeout.TotalSeconds;

    /// <summary>Asks for messages.</summary>
    public async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(int most, CancellationToken cancellationToken)
    {
        var body = Body(options.QueueUrl);
        body["MaxNumberOfMessages"] = most;
        body["WaitTimeSeconds"] = (int)options.WaitTime.TotalSeconds;
        body["VisibilityTimeout"] = VisibilitySeconds;
        body["MessageSystemAttributeNames"] = new JsonArray("ApproximateReceiveCount");
        body["MessageAttributeNames"] = new JsonArray("All");
        var answer = await api.CallAsync("ReceiveMessage", body, options.WaitTime, cancellationToken);
        try
        {
            return SqsMessage.Read(answer);
        }
        catch (Exception ex) when (ex is KeyNotFoundException or InvalidOperationException)
        {
            throw new SqsCallException("Shape", $"{new SqsErrors(options).Service} gave messages in another shape than SQS has. Check {SqsOptions.SectionName}:Endpoint.", isTransient: true, ex);
        }
    }

    /// <summary>Sends a message, or a dead letter.</summary>
    public async Task SendAsync(JsonObject message, CancellationToken cancellationToken) => await api.TryAsync("SendMessage", message, cancellationToken);

    /// <summary>Keeps a message for the whole time again.</summary>
    public Task KeepAsync(SqsMessage message, CancellationToken cancellationToken) => api.CallAsync("ChangeMessageVisibility", Visibility(message, VisibilitySeconds), TimeSpan.Zero, cancellationToken);

    /// <summary>Gives a message back.</summary>
    public async Task ReturnAsync(SqsMessage message, CancellationToken cancellationToken) => await api.TryAsync("ChangeMessageVisibility", Visibility(message, seconds: 0), cancellationToken);

    /// <summary>Removes a message.</summary>
    public async Task DeleteAsync(SqsMessage message, CancellationToken cancellationToken)
    {
        var body = Body(options.QueueUrl);
        body["ReceiptHandle"] = message.Receipt;
        await api.TryAsync("DeleteMessage", body, cancellationToken);
    }

    /// <summary>Reads what a queue says of itself.</summary>
    public async Task<SqsAttributes> DescribeAsync(string queueUrl, CancellationToken cancellationToken)
    {
        var body = Body(queueUrl);
        body["AttributeNames"] = new JsonArray("All");
        return SqsAttributes.Read(await api.TryAsync("GetQueueAttributes", body, cancellationToken));
    }

    /// <summary>Reads what the queue says of itself.</summary>
    public Task<SqsAttributes> DescribeAsync(CancellationToken cancellationToken) => DescribeAsync(options.QueueUrl, cancellationToken);

    /// <summary>Gets the URL of the dead-letter queue.</summary>
    /// <returns>Null where there is none.</returns>
    public string? DeadLetterUrl(SqsAttributes attributes) =>
        options.DeadLetterQueueUrl.Length > 0 ? options.DeadLetterQueueUrl : attributes.DeadLetterArn is { } arn ? SqsAddress.OfArn(options.QueueUrl, arn) : null;

    private static JsonObject Body(string queueUrl) => new() { [QueueField] = queueUrl };

    private JsonObject Visibility(SqsMessage message, int seconds)
    {
        var body = Body(options.QueueUrl);
        body["ReceiptHandle"] = message.Receipt;
        body["VisibilityTimeout"] = seconds;
        return body;
    }
}
