using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Runs;
using Recollect.Sessions;

namespace Recollect.Chat;

/// <summary>The memory of the chats of one program: recalls, keeps what is said, and makes memories of conversations that have ended.</summary>
/// <remarks>Safe to call concurrently.</remarks>
public sealed class ChatMemory
{
    private readonly RecallEngine _engine;
    private readonly IMemoryStore _store;
    private readonly MemoryPipeline _pipeline;
    private readonly ChatLog _log;
    private readonly HistoryTrimmer _trimmer;

    internal ChatMemory(RecallEngine engine, IMemoryStore store, MemoryPipeline pipeline, ChatLog log, HistoryTrimmer trimmer, TimeProvider time, ILoggerFactory loggers) =>
        (_engine, _store, _pipeline, _log, _trimmer, Time, Loggers) = (engine, store, pipeline, log, trimmer, time, loggers);

    internal TimeProvider Time { get; }

    internal ILoggerFactory Loggers { get; }

    /// <summary>Finds the conversations that answer a question, best first; empty where nothing that the owner may see matches.</summary>
    /// <param name="query">The question and who asks.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="RecollectException">The store or the embedder could not be reached.</exception>
    public async ValueTask<IReadOnlyList<RecalledMemory>> RecallAsync(RecallQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await _store.InitializeAsync(cancellationToken);
        return await _engine.RecallAsync(query, cancellationToken);
    }

    /// <summary>Keeps what was said in one turn: what the person said since the last answer in the list, and the answer. It is on disk when this returns.</summary>
    /// <param name="owner">Whose chat it is.</param>
    /// <param name="thread">Which one of theirs.</param>
    /// <param name="messages">The chat, or its newest messages. System messages, tool calls and their results, and what is not text are passed over.</param>
    /// <param name="answer">The answer; one that waits for the result of a tool keeps nothing.</param>
    /// <param name="cancellationToken">Stops before it is kept.</param>
    /// <returns>How many messages were kept; 0 where the same turn was kept before.</returns>
    /// <remarks>It is recalled from once <see cref="MemorizeAsync"/> ran after the conversation ended.</remarks>
    /// <exception cref="IOException">The disk refuses.</exception>
    public ValueTask<int> RememberAsync(Owner owner, string thread, IEnumerable<ChatMessage> messages, ChatResponse answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var now = Time.GetUtcNow();
        return RememberAsync(owner, thread, ChatTurn.Of([.. messages]), answer, now, holdsHistory: true, cancellationToken);
    }

    /// <summary>Makes memories of the conversations that ended since it was last done, and retries those that failed.</summary>
    /// <param name="includeOpen">Whether to take those in as well that may still go on; they are made again when they did.</param>
    /// <param name="cancellationToken">Ends it early; the report says what was done.</param>
    /// <returns>What became of each conversation, in numbers.</returns>
    /// <exception cref="RunInProgressException">It is being done already, here or in another process.</exception>
    /// <exception cref="RecollectException">The store or the state could not be reached; the next call goes on from there.</exception>
    public Task<RunReport> MemorizeAsync(bool includeOpen = false, CancellationToken cancellationToken = default)
    {
        _log.MakeReadable();
        return _pipeline.RunAsync(new() { Mode = RunMode.Nightly, IncludeOpen = includeOpen }, progress: null, cancellationToken);
    }

    /// <summary>Makes the tool <c>recall_memory</c> for a model: the same as over the Model Context Protocol, but it reads one owner's memories and no other's.</summary>
    /// <param name="owner">Whose memories, in which scope.</param>
    public AIFunction CreateRecallFunction(Owner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return new RecallMemoryFunction(this, owner);
    }

    /// <summary>Makes what trims a chat to a budget of tokens, as sessions are trimmed: instructions and the last two messages stay, cut if they must be, and before them the newest that fit.</summary>
    /// <param name="budget">The most tokens of what is sent, the framing of messages included; 0: nothing may be sent.</param>
    /// <returns>The reducer. Several instructions become one message, and a tool's result goes with its call. Images and the like count nothing.</returns>
    public IChatReducer CreateReducer(int budget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        return new TokenBudgetReducer(_trimmer, budget);
    }

    internal ValueTask<int> RememberAsync(
        Owner owner, string thread, ChatTurn turn, ChatResponse answer, DateTimeOffset askedAt, bool holdsHistory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentException.ThrowIfNullOrWhiteSpace(thread);
        ArgumentNullException.ThrowIfNull(answer);
        if (!turn.IsAsked || ChatTurn.TextOf(answer) is not { } text)
        {
            return new(0);
        }

        var salt = holdsHistory ? null : askedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var messages = turn.ToRemember(text, answer.Messages.LastOrDefault()?.MessageId, askedAt, Time.GetUtcNow(), salt);
        return messages.Count == 0 ? new(0) : _log.AppendAsync(owner, thread, messages, cancellationToken);
    }
}
