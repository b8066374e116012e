using Microsoft.Extensions.Options;
using Recollect.Ingest.Segmentation;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Sessions;
using Recollect.State;

namespace Recollect.Erasure;

/// <summary>Forgets users: everywhere, for good, with a receipt.</summary>
public sealed class UserEraser
{
    private readonly IMemoryStore _store;
    private readonly IStateStore _state;
    private readonly ConversationSegmenter _segmenter;
    private readonly IMirror? _mirror;
    private readonly IUserTrace[] _traces;
    private readonly ISessionStore _sessions;
    private readonly string _dataRoot;
    private readonly TimeProvider _time;

    internal UserEraser(
        IMemoryStore store, IStateStore state, ConversationSegmenter segmenter, ChosenMirror mirror, IEnumerable<IUserTrace> traces, ISessionStore sessions, IOptions<DataOptions> data, TimeProvider time) =>
        (_store, _state, _segmenter, _mirror, _traces, _sessions, _dataRoot, _time) = (store, state, segmenter, mirror.Mirror, [.. traces], sessions, data.Value.Root, time);

    /// <summary>Forgets a user. Doing it again finds nothing and moves the moment.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user, literally.</param>
    /// <param name="cancellationToken">Stops the work; the tombstone may stand already, and forgetting again completes it.</param>
    /// <exception cref="RunInProgressException">A run is under way and could write what is being forgotten.</exception>
    /// <exception cref="DeliveryException">The mirror cannot be written; forgetting again completes it.</exception>
    public async Task<ErasureReceipt> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        await _store.InitializeAsync(cancellationToken);
        await _state.InitializeAsync(cancellationToken);
        await using var lease = await RunLock.TakeAsync(_state.Leases, "nothing was forgotten. Wait for it to end, then run forget again.", cancellationToken);
        var now = _time.GetUtcNow();
        await _state.Tombstones.AddAsync(new(tenant, user, now), cancellationToken); // first, so that a crash cannot bring the user back
        var traces = _traces.Sum(trace => trace.Forget(tenant, user));
        var sessions = await SessionForgetting.ForgetAsync(_sessions, tenant, user, cancellationToken); // before their memories, so that none is made again
        var removed = await _store.ForgetAsync(tenant, user, cancellationToken);
        var forgottenBefore = (await _state.Edits.ListAsync(threadId: null, cancellationToken))
            .Where(edit => string.Equals(edit.Tenant, tenant, StringComparison.Ordinal) && string.Equals(edit.User, user, StringComparison.Ordinal)).Max(static edit => edit.To);
        var last = forgottenBefore > removed.LastSentAt ? forgottenBefore : removed.LastSentAt ?? forgottenBefore;
        if (last > now) // a clock that was ahead wrote it
        {
            now = last.Value;
            await _state.Tombstones.AddAsync(new(tenant, user, now), cancellationToken);
        }

        var entries = traces + await _state.ForgetAsync(tenant, user, cancellationToken);
        if (_mirror is not null)
        {
            await _mirror.BeginAsync(CancellationToken.None); // so that what another program left is known, and goes too
            entries += await _mirror.ForgetAsync(tenant, user, CancellationToken.None);
            await _mirror.RefreshAsync(static _ => { }, CancellationToken.None);
        }

        _segmenter.ClearSpool();
        return new()
        {
            Tenant = tenant,
            User = user,
            ForgottenAt = now,
            Memories = removed.Memories,
            Messages = removed.Messages,
            Chunks = removed.Chunks,
            StateEntries = entries,
            Sessions = sessions,
            Backups = FindBackups(_dataRoot),
        };
    }

    /// <summary>Gets the backups of a data root.</summary>
    internal static IReadOnlyList<string> FindBackups(string dataRoot)
    {
        var folder = Path.Combine(dataRoot, "backups");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)] : [];
    }
}
