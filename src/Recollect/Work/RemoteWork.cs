using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Generation;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Work;

/// <summary>The side of the service in the work of workers that reach nothing but the service: gives conversations and stores the memories that were made of them, as a worker beside it would.</summary>
/// <remarks>Safe to call concurrently.</remarks>
public sealed class RemoteWork
{
    private readonly PipelineStages _stages;
    private readonly MemoryPipeline _pipeline;
    private readonly ConversationReader _conversations;
    private readonly IStateStore _state;
    private readonly bool _keepText;

    internal RemoteWork(PipelineStages stages, MemoryPipeline pipeline, ConversationReader conversations, IStateStore state, bool keepText) =>
        (_stages, _pipeline, _conversations, _state, _keepText) = (stages, pipeline, conversations, state, keepText);

    /// <summary>Reads a conversation without what was forgotten, with its user or by itself.</summary>
    /// <param name="thread">The source's own id of it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The conversation; null where the source has none of this id, or no message of it that may be remembered.</returns>
    /// <exception cref="RecollectException">The source or the state could not be reached.</exception>
    public async ValueTask<Conversation?> FindAsync(string thread, CancellationToken cancellationToken)
    {
        await _state.InitializeAsync(cancellationToken);
        return await _conversations.FindAsync(thread, cancellationToken) is not { } conversation ? null
            : (await ForgottenAtAsync(conversation.Owner, cancellationToken) is { } moment ? conversation.After(moment) : conversation) is { } rest
                ? (await EditsAsync(rest.Thread, cancellationToken)).WithoutForgotten(rest)
                : null;
    }

    /// <summary>Gets the header of a memory as a worker compares it with what it would make: edits by hand are applied here, and are no reason to make it again.</summary>
    /// <param name="header">The header.</param>
    public static MemoryHeader AsWorkersCompare(MemoryHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header with { Fingerprint = header.Fingerprint with { MadeBy = Fingerprint.WithoutEdits(header.Fingerprint.MadeBy) } };
    }

    /// <summary>Tells whether vectors and text would be kept here as the worker that made a memory says, so that its fingerprint holds. The writer may be another.</summary>
    /// <param name="madeBy">The <see cref="Fingerprint.MadeBy"/> of the worker.</param>
    public bool KeepsAlike(string madeBy)
    {
        ArgumentNullException.ThrowIfNull(madeBy);
        return string.Equals(KeepingOf(madeBy), KeepingOf(_pipeline.MadeBy), StringComparison.Ordinal);
    }

    /// <summary>Stores what a worker made of a conversation, in place of the memory before. The vectors are made here.</summary>
    /// <param name="thread">The source's own id of the conversation.</param>
    /// <param name="written">What the worker's writer made of it.</param>
    /// <param name="madeFrom">The state of the conversation that it was made from, and how. Messages that came since are left to the next time.</param>
    /// <param name="messages">Of how many messages it was made; at least 1.</param>
    /// <param name="cancellationToken">Stops before it is stored.</param>
    /// <returns>The memory; null where the source has no such conversation, or its user was forgotten meanwhile.</returns>
    /// <exception cref="ConversationChangedException">Messages that it was made from have changed or are gone.</exception>
    /// <exception cref="GenerationException">What was written cites messages or words that are not in the conversation.</exception>
    /// <exception cref="RecollectException">The source, the embedder, the state or the store could not be reached, or refused.</exception>
    public async Task<Memory?> StoreAsync(string thread, WrittenMemory written, Fingerprint madeFrom, int messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(madeFrom);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        await _stages.Store.InitializeAsync(cancellationToken);
        if (await FindAsync(thread, cancellationToken) is not { } now)
        {
            return null;
        }

        var conversation = Conversation.Given(now.Thread, [.. now.Messages.Take(messages)], madeFrom.SourceUpdatedAt, now.Title);
        if (!string.Equals(conversation.ContentHash, madeFrom.ContentHash, StringComparison.Ordinal))
        {
            throw new ConversationChangedException("Messages of the conversation changed while its memory was made, so it is not stored; make it again.");
        }

        var embedded = await _stages.Embedder.EmbedAsync(conversation, cancellationToken);
        var edits = await EditsAsync(conversation.Thread, cancellationToken);
        var (change, edited) = edits.Apply(ChangeDetector.Compare(conversation, ThreadMemories.None, madeFrom.MadeBy), written);
        var record = MemoryComposer.Compose(change, edited, embedded, _keepText);
        await _stages.Store.UpsertAsync(record, [], cancellationToken);
        await _stages.Embedder.DropPaidAsync(conversation, CancellationToken.None);
        return await TakeBackForgottenAsync(record.Memory, edits, cancellationToken) ? null : record.Memory;
    }

    /// <summary>Everything but the writer: the embedder, and whether text is kept.</summary>
    private static string KeepingOf(string madeBy) => madeBy[(madeBy.IndexOf(Fingerprint.PartSeparator, StringComparison.Ordinal) + 1)..];

    private async ValueTask<EditBook> EditsAsync(ThreadKey thread, CancellationToken cancellationToken) => new(await _state.Edits.ListAsync(thread.Id, cancellationToken));

    /// <summary>Takes a memory back that was forgotten, or its user was, while it was stored.</summary>
    private async ValueTask<bool> TakeBackForgottenAsync(Memory memory, EditBook before, CancellationToken cancellationToken)
    {
        if ((await EditsAsync(memory.Thread, cancellationToken)).ForgetsMoreThan(before, memory))
        {
            await _stages.Store.ForgetAsync([memory.Id], CancellationToken.None);
            return true;
        }

        if (!(await ForgottenAtAsync(memory.Owner, cancellationToken) >= memory.StartedAt))
        {
            return false;
        }

        await _stages.Store.DeleteAsync([memory.Id], CancellationToken.None);
        await _state.ForgetAsync(memory.Owner.Tenant, memory.Owner.User, CancellationToken.None);
        return true;
    }

    private async ValueTask<DateTimeOffset?> ForgottenAtAsync(Owner owner, CancellationToken cancellationToken) =>
        (await _state.Tombstones.ListAsync(cancellationToken))
            .FirstOrDefault(stone => string.Equals(stone.Tenant, owner.Tenant, StringComparison.Ordinal) && string.Equals(stone.User, owner.User, StringComparison.Ordinal))?.ForgottenAt;
}
