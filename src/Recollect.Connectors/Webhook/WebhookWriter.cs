using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Webhook.Imported;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors.Webhook;

/// <summary>Lets a receiver write: posts the conversation and keeps the summary of its reply. What the program before had sent is not posted again.</summary>
internal sealed class WebhookWriter(WebhookClient client, WebhookGate gate, SentBefore sentBefore, IOptions<WebhookOptions> options, TimeProvider time) : IMemoryWriter
{
    /// <summary>The name in configuration.</summary>
    public const string WriterName = "webhook";

    /// <inheritdoc/>
    public string Name => WriterName;

    /// <inheritdoc/>
    public string Version => "webhook/1"; // neither address nor credential: a receiver that moves is not sent everything again

    /// <inheritdoc/>
    public bool IsRemote => true;

    /// <inheritdoc/>
    public bool WritesOnce => options.Value.OnChange == WebhookChangePolicy.Ignore;

    /// <inheritdoc/>
    public async ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (sentBefore.Find(conversation) is { } sent)
        {
            return sent;
        }

        var payload = WebhookPayload.Of(conversation);
        var reply = await gate.PassAsync(token => client.PostAsync(payload, KeyOf(conversation), token), cancellationToken);
        if (reply.IsFailure)
        {
            throw new DeliveryException("The webhook answered with Status \"false\": it could not remember this conversation. Look at the receiver's own log; later runs try again.");
        }

        var isMissing = string.IsNullOrWhiteSpace(reply.Memory);
        var data = new WebhookData(payload.Workspace, payload.CreatedAt, reply.Status ?? WebhookData.NoStatus, time.GetUtcNow(), isMissing ? true : null, Imported: null);
        return Written(conversation, isMissing ? string.Empty : reply.Memory, data) with { IsDelivered = true };
    }

    /// <summary>Puts together what is kept of a conversation that was sent.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="summary">The receiver's summary.</param>
    /// <param name="data">What is kept beside it.</param>
    public static WrittenMemory Written(Conversation conversation, string summary, WebhookData data) => new()
    {
        Summary = summary,
        Data = JsonSerializer.Serialize(data, WebhookJson.Readable.WebhookData),
        Citations = [.. conversation.Messages.Select(message => new Citation { MessageId = message.Id })],
    };

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => client.ProbeAsync(cancellationToken);

    /// <summary>Names this version of this conversation: the same content always has the same key, however often and wherever it is posted.</summary>
    private string KeyOf(Conversation conversation) => $"{conversation.Id}-{StableHash.Of(16, conversation.ContentHash, Version)}";
}
