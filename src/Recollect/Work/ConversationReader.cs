using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.Runs;

namespace Recollect.Work;

/// <summary>Reads single conversations of a source whose conversations are given.</summary>
/// <remarks>Safe to call concurrently.</remarks>
public sealed class ConversationReader
{
    private readonly ISource _source;
    private readonly ConversationSegmenter _segmenter;

    internal ConversationReader(ISource source, ConversationSegmenter segmenter) => (_source, _segmenter) = (source, segmenter);

    /// <summary>Reads a conversation.</summary>
    /// <param name="thread">The source's own id of it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The conversation; null where the source has none of this id, or no message of it.</returns>
    /// <exception cref="SourceException">The source refused or could not be reached.</exception>
    public async ValueTask<Conversation?> FindAsync(string thread, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(thread);
        var messages = _source.ReadAsync(new() { Threads = [thread] }, new RunLedger("read"), cancellationToken);
        await foreach (var conversation in _segmenter.SegmentAsync(messages, static _ => { }, cancellationToken))
        {
            if (conversation.IsGiven && string.Equals(conversation.Thread.Thread, thread, StringComparison.Ordinal))
            {
                return conversation;
            }
        }

        return null;
    }
}
