using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>Groups the messages of a source, in whatever order they come, into conversations.</summary>
/// <remarks>
/// A gap up to the window continues a conversation, a longer one starts the next. Conversations come thread by thread
/// and, within a thread, in time. Nothing but the messages of the largest conversation, and the sorter's budget, is in memory.
/// </remarks>
internal sealed class ConversationSegmenter(IOptions<SegmentationOptions> options, IOptions<DataOptions> data)
{
    private readonly SegmentationOptions _options = options.Value;

    private readonly string _spoolFolder = Path.Combine(data.Value.Root, "spool");

    /// <summary>Reads all messages, then gives the conversations.</summary>
    /// <param name="messages">The messages of a source.</param>
    /// <param name="onConflict">Is told of a message that an earlier one of the same id, in the same thread, keeps out.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<Conversation> SegmentAsync(
        IAsyncEnumerable<SourceMessage> messages, Action<SourceMessage> onConflict, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sorter = new ThreadSorter(_spoolFolder, _options.MemoryMebibytes * 1024L * 1024L);
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            sorter.Add(message);
        }

        var duplicates = new DuplicateFilter();
        foreach (var thread in sorter.Threads())
        {
            foreach (var conversation in Split(thread, duplicates, onConflict))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return conversation;
            }
        }
    }

    /// <summary>Deletes the messages that a killed run left on disk.</summary>
    public void ClearSpool()
    {
        if (Directory.Exists(_spoolFolder))
        {
            Directory.Delete(_spoolFolder, recursive: true);
        }
    }

    private IEnumerable<Conversation> Split(ThreadMessages thread, DuplicateFilter duplicates, Action<SourceMessage> onConflict)
    {
        var messages = duplicates.Apply(thread.Messages, message => onConflict(new() { Thread = thread.Thread, Message = message }));
        if (!thread.Thread.IsConversation)
        {
            return SplitByGap(messages, _options.Window).Select(run => Conversation.FromRun(thread.Thread.Key, run));
        }

        Message[] all = [.. messages];
        return all.Length == 0 ? [] : [Conversation.Given(thread.Thread.Key, all, thread.Thread.UpdatedAt, thread.Thread.Title)];
    }

    /// <summary>Cuts ordered messages wherever the gap is above the window.</summary>
    internal static IEnumerable<IReadOnlyList<Message>> SplitByGap(IEnumerable<Message> ordered, TimeSpan window)
    {
        var run = new List<Message>();
        foreach (var message in ordered)
        {
            if (run.Count > 0 && message.SentAt - run[^1].SentAt > window)
            {
                yield return run.ToArray();
                run.Clear();
            }

            run.Add(message);
        }

        if (run.Count > 0)
        {
            yield return run.ToArray();
        }
    }
}
