using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;

namespace Recollect.Work;

/// <summary>Stores memories that somebody else wrote, such as a worker that reaches the service only.</summary>
/// <remarks>Safe to call concurrently; of several writings of one conversation the last one stored stands, whole.</remarks>
public sealed class PostedMemories
{
    private readonly PipelineStages _stages;
    private readonly MemoryPipeline _pipeline;
    private readonly ConversationReader _conversations;
    private readonly bool _keepText;

    internal PostedMemories(PipelineStages stages, MemoryPipeline pipeline, ConversationReader conversations, IOptions<StoreOptions> stores) =>
        (_stages, _pipeline, _conversations, _keepText) = (stages, pipeline, conversations, stores.Value.KeepText);

    /// <summary>Stores a memory of a conversation in place of the one before.</summary>
    /// <param name="thread">The source's own id of the conversation.</param>
    /// <param name="data">The memory, a JSON object. Its <c>summary</c> is what recall shows, where there is one.</param>
    /// <param name="cancellationToken">Stops before it is stored.</param>
    /// <returns>The memory; null where the source has no such conversation, or no message of it.</returns>
    /// <exception cref="RecollectException">The source, the embedder or the store could not be reached, or refused.</exception>
    public async Task<Memory?> StoreAsync(string thread, JsonElement data, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(thread);
        if (data.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("A memory is a JSON object.", nameof(data));
        }

        await _stages.Store.InitializeAsync(cancellationToken);
        if (await _conversations.FindAsync(thread, cancellationToken) is not { } conversation)
        {
            return null;
        }

        var written = new WrittenMemory
        {
            Summary = SummaryOf(data),
            Data = data.GetRawText(),
            Citations = [.. conversation.Messages.Select(message => new Citation { MessageId = message.Id })],
        };
        var headers = await _stages.Store.GetHeadersAsync([conversation.Thread], cancellationToken);
        var change = ChangeDetector.Compare(conversation, new(headers), _pipeline.MadeBy);
        var embedded = await _stages.Embedder.EmbedAsync(conversation, cancellationToken);
        var record = MemoryComposer.Compose(change, written, embedded, _keepText);
        await _stages.Store.StoreAsync(record, [], cancellationToken);
        return record.Memory;
    }

    private static string SummaryOf(JsonElement data)
    {
        string[] names = ["summary", "conversation_summary"];
        foreach (var name in names)
        {
            if (data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } summary)
            {
                return summary;
            }
        }

        return data.GetRawText(); // so that it is found by its words
    }
}
