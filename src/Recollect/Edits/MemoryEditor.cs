using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.Ingest.Segmentation;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Edits;

/// <summary>Corrects and deletes facts, and forgets single memories: now, and whenever a run makes them again.</summary>
/// <remarks>Safe to call concurrently; one at a time does something, and none beside a run.</remarks>
public sealed class MemoryEditor
{
    /// <summary>The longest fact that somebody may write, in UTF-16 units.</summary>
    public const int LongestFact = 2_000;

    private readonly IMemoryStore _store;
    private readonly IStateStore _state;
    private readonly ConversationSegmenter _segmenter;
    private readonly IMirror? _mirror;
    private readonly string _dataRoot;
    private readonly TimeProvider _time;

    internal MemoryEditor(IMemoryStore store, IStateStore state, ConversationSegmenter segmenter, ChosenMirror mirror, string dataRoot, TimeProvider time) =>
        (_store, _state, _segmenter, _mirror, _dataRoot, _time) = (store, state, segmenter, mirror.Mirror, dataRoot, time);

    /// <summary>Gets what was done to facts of a memory, in order.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async ValueTask<IReadOnlyList<MemoryEdit>> ListAsync(Memory memory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(memory);
        await _state.InitializeAsync(cancellationToken);
        return (await BookAsync(memory.Thread, cancellationToken)).FactsOf(memory);
    }

    /// <summary>Gets the facts of a memory that an edit would change: the one that is meant, and those that say nearly the same of the same messages.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="edit">The edit; what it would put in place of a fact is not looked at.</param>
    /// <returns>The facts; empty where the memory has none of the text.</returns>
    public static IReadOnlyList<Fact> Concerned(Memory memory, FactEdit edit)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(edit);
        return Find(memory, edit) is { } fact && EditOf(memory, fact, edit with { Replacement = null }, DateTimeOffset.UnixEpoch) is var made
            ? [.. memory.Facts.Where(one => FactEdits.Concerns(made, one))] : [];
    }

    /// <summary>Corrects or deletes a fact. Interrupted, it is completed by doing it again, or by the next run.</summary>
    /// <param name="edit">What is wanted.</param>
    /// <param name="cancellationToken">Stops it before anything is done.</param>
    /// <returns>The memory as it is now.</returns>
    /// <exception cref="EditException">There is no such memory or fact, or what it is to say is empty, too long, or nothing new.</exception>
    /// <exception cref="RunInProgressException">A run is under way.</exception>
    /// <exception cref="RecollectException">Store, state or mirror could not be reached.</exception>
    public async Task<Memory> EditAsync(FactEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var wanted = edit with { Replacement = edit.Replacement is { } text ? FactText.Checked(text) : null };
        await using var lease = await BeginAsync("nothing was changed. Wait for it to end, then do it again.", cancellationToken);
        var record = await FindAsync(edit.MemoryId, cancellationToken);
        var fact = Find(record.Memory, wanted) ?? throw new EditException("The memory has no fact of this text any more; look at it again.");
        if (string.Equals(fact.Text, wanted.Replacement, StringComparison.Ordinal))
        {
            throw new EditException("The fact says this already.");
        }

        var made = EditOf(record.Memory, fact, wanted, await MomentAsync(record.Memory.Thread, cancellationToken));
        await KeepReadingAsync(record.Memory, cancellationToken);
        await _state.Edits.AddAsync(made, CancellationToken.None);
        var edited = (await BookAsync(record.Memory.Thread, CancellationToken.None)).Apply(record);
        await _store.UpsertAsync(edited, [], CancellationToken.None);
        await DropPendingAsync(record.Memory);
        await RefreshMirrorAsync();
        return edited.Memory;
    }

    /// <summary>Forgets a memory: the messages that it was made from stay forgotten, whoever reads them again; later ones of the thread are new.</summary>
    /// <param name="memoryId">The memory.</param>
    /// <param name="by">The name of who wants it.</param>
    /// <param name="cancellationToken">Stops it before anything is done.</param>
    /// <exception cref="EditException">There is no such memory.</exception>
    /// <exception cref="RunInProgressException">A run is under way.</exception>
    /// <exception cref="RecollectException">Store, state or mirror could not be reached; doing it again completes it.</exception>
    public async Task<ErasureReceipt> ForgetAsync(string memoryId, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(memoryId);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await using var lease = await BeginAsync("nothing was forgotten. Wait for it to end, then do it again.", cancellationToken);
        var memory = (await FindAsync(memoryId, cancellationToken)).Memory;
        var edits = (await BookAsync(memory.Thread, cancellationToken)).FactsOf(memory);
        var made = Edit(memory, by, MemoryEditKind.Forgotten, await MomentAsync(memory.Thread, cancellationToken)) with { From = memory.StartedAt, To = memory.EndedAt };
        await _state.Edits.AddAsync(made, CancellationToken.None); // first, so that a crash cannot bring it back
        await _state.PaidWritings.DropAsync(memory.Id, CancellationToken.None);
        await _state.PaidEmbeddings.DropAsync(memory.Id, CancellationToken.None);
        await _state.Pending.RemoveAsync([memory.Id], CancellationToken.None);
        var removed = await _store.ForgetAsync([memory.Id], CancellationToken.None);
        await _state.Edits.RemoveAsync(edits, CancellationToken.None); // last of the state, because it cleans up after the others
        await RefreshMirrorAsync();
        _segmenter.ClearSpool();
        return new()
        {
            Tenant = memory.Owner.Tenant,
            User = memory.Owner.User,
            ForgottenAt = memory.EndedAt,
            Memories = removed.Memories,
            Messages = removed.Messages,
            Chunks = removed.Chunks,
            StateEntries = edits.Count,
            Backups = UserEraser.FindBackups(_dataRoot),
        };
    }

    private static Fact? Find(Memory memory, FactEdit edit) => memory.Facts.FirstOrDefault(fact => string.Equals(fact.Text, edit.Fact, StringComparison.Ordinal));

    private static MemoryEdit EditOf(Memory memory, Fact fact, FactEdit wanted, DateTimeOffset at) =>
        Edit(memory, wanted.By, wanted.Replacement is null ? MemoryEditKind.Deleted : MemoryEditKind.Corrected, at) with
        {
            Fact = fact.Text,
            Replacement = wanted.Replacement,
            FactKind = fact.Kind,
            Words = FactText.WordsOf(fact),
            MessageIds = [.. fact.Citations.Select(static citation => citation.MessageId).Distinct(StringComparer.Ordinal)],
        };

    private static MemoryEdit Edit(Memory memory, string by, MemoryEditKind kind, DateTimeOffset at) => new()
    {
        ThreadId = memory.Thread.Id,
        At = at,
        Tenant = memory.Owner.Tenant,
        User = memory.Owner.User,
        By = by,
        Kind = kind,
    };

    private async ValueTask<ILease> BeginAsync(string refusal, CancellationToken cancellationToken)
    {
        await _store.InitializeAsync(cancellationToken);
        await _state.InitializeAsync(cancellationToken);
        return await RunLock.TakeAsync(_state.Leases, refusal, cancellationToken);
    }

    private async ValueTask<MemoryRecord> FindAsync(string id, CancellationToken cancellationToken) =>
        await _store.GetAsync([id], cancellationToken) is [var record] ? record : throw new EditException("There is no memory of this id any more.");

    private async ValueTask<EditBook> BookAsync(ThreadKey thread, CancellationToken cancellationToken) => new(await _state.Edits.ListAsync(thread.Id, cancellationToken));

    /// <summary>Gets a moment after every edit of the thread, because they are done again in their order.</summary>
    private async ValueTask<DateTimeOffset> MomentAsync(ThreadKey thread, CancellationToken cancellationToken)
    {
        var last = await _state.Edits.ListAsync(thread.Id, cancellationToken) is [.., var edit] ? edit.At.AddTicks(1) : (DateTimeOffset?)null;
        var now = _time.GetUtcNow();
        return last > now ? last.Value : now;
    }

    /// <summary>Lets the next run read the conversation, which does what is left where this process dies.</summary>
    private async ValueTask KeepReadingAsync(Memory memory, CancellationToken cancellationToken)
    {
        if (await _state.Pending.GetAsync([memory.Id], cancellationToken) is [])
        {
            var pending = new PendingConversation
            {
                ConversationId = memory.Id,
                Source = memory.Thread.Source,
                Tenant = memory.Owner.Tenant,
                User = memory.Owner.User,
                StartedAt = memory.StartedAt,
                Status = PendingStatus.Open,
                ContentHash = string.Empty,
            };
            await _state.Pending.SaveAsync([pending], cancellationToken);
        }
    }

    private async ValueTask DropPendingAsync(Memory memory)
    {
        if (await _state.Pending.GetAsync([memory.Id], CancellationToken.None) is [{ Status: PendingStatus.Open }])
        {
            await _state.Pending.RemoveAsync([memory.Id], CancellationToken.None);
        }
    }

    private async ValueTask RefreshMirrorAsync()
    {
        if (_mirror is not null)
        {
            await _mirror.BeginAsync(CancellationToken.None);
            await _mirror.RefreshAsync(static _ => { }, CancellationToken.None);
        }
    }
}
