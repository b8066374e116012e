using System.Text.Json;
using Recollect.Edits;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Transfer;

/// <summary>Writes memories to an archive, one JSON object a line, and reads them back, into any store.</summary>
public sealed class MemoryArchive
{
    private const string Format = "recollect/1";
    private const int MaxMessages = 100;

    private readonly IMemoryStore _store;
    private readonly IStateStore _state;

    /// <summary>Initializes a new instance of the <see cref="MemoryArchive"/> class.</summary>
    /// <param name="store">Where memories are kept.</param>
    /// <param name="state">Where the forgotten users and the lock are kept.</param>
    public MemoryArchive(IMemoryStore store, IStateStore state) => (_store, _state) = (store, state);

    /// <summary>Writes memories, ordered by id.</summary>
    /// <param name="output">Gets UTF-8 lines; stays open.</param>
    /// <param name="isWanted">Which memories; null for all.</param>
    /// <param name="cancellationToken">Stops between two memories.</param>
    /// <returns>How many were written.</returns>
    public async Task<long> ExportAsync(Stream output, Func<MemoryRecord, bool>? isWanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        await _store.InitializeAsync(cancellationToken);
        var count = 0L;
        await foreach (var record in _store.ExportAsync(cancellationToken))
        {
            if (isWanted is null || isWanted(record))
            {
                await JsonSerializer.SerializeAsync(output, new ArchiveLine(Format, record), ArchiveJson.Default.ArchiveLine, cancellationToken);
                output.WriteByte((byte)'\n');
                count++;
            }
        }

        await output.FlushAsync(cancellationToken);
        return count;
    }

    /// <summary>Reads an archive into the store. What is there already, equal or newer, is left alone; what was forgotten stays forgotten.</summary>
    /// <param name="input">UTF-8 lines.</param>
    /// <param name="cancellationToken">Stops between two memories; importing again goes on from there.</param>
    /// <exception cref="RunInProgressException">A run is under way.</exception>
    /// <exception cref="RecollectException">Store or state could not be reached, or the lock was lost.</exception>
    public async Task<ImportReport> ImportAsync(Stream input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        await _store.InitializeAsync(cancellationToken);
        await _state.InitializeAsync(cancellationToken);
        await using var lease = await RunLock.TakeAsync(_state.Leases, "nothing was imported. Wait for it to end, then import again.", cancellationToken);
        var forgotten = (await _state.Tombstones.ListAsync(cancellationToken)).ToDictionary(stone => (stone.Tenant, stone.User), stone => stone.ForgottenAt);
        var edits = new EditBook(await _state.Edits.ListAsync(threadId: null, cancellationToken));
        var report = new ImportReport(0, 0, 0, [], 0);
        using var reader = new StreamReader(input);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (lease.Lost.IsCancellationRequested)
            {
                throw RunLock.Lost();
            }

            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (!TryRead(line, out var record, out var reason))
            {
                report = Unreadable(report, $"line {number}: {reason}");
            }
            else if (edits.Forgets(record) || (forgotten.TryGetValue((record.Memory.Owner.Tenant, record.Memory.Owner.User), out var moment) && record.Memory.StartedAt <= moment))
            {
                report = report with { Forgotten = report.Forgotten + 1 };
            }
            else
            {
                report = await StoreAsync(edits.Apply(record), report, cancellationToken);
            }
        }

        return report;
    }

    private async Task<ImportReport> StoreAsync(MemoryRecord record, ImportReport report, CancellationToken cancellationToken)
    {
        var stored = new ThreadMemories(await _store.GetHeadersAsync([record.Memory.Thread], cancellationToken));
        if (stored.Find(record.Memory.Id) is { } own && (own.Fingerprint == record.Memory.Fingerprint || own.Fingerprint.SourceUpdatedAt >= record.Memory.Fingerprint.SourceUpdatedAt))
        {
            return report with { Unchanged = report.Unchanged + 1 };
        }

        await _store.UpsertAsync(record, [], cancellationToken);
        return report with { Imported = report.Imported + 1 };
    }

    private static bool TryRead(string line, out MemoryRecord record, out string reason)
    {
        record = null!;
        try
        {
            var read = JsonSerializer.Deserialize(line, ArchiveJson.Default.ArchiveLine);
            reason = read is null ? "is empty" : string.Equals(read.Format, Format, StringComparison.Ordinal) ? string.Empty : "is not of format " + Format;
            record = read?.Record!;
            return reason.Length == 0 && ArchiveCheck.Holds(record, out reason);
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException or FormatException)
        {
            reason = "is not a memory as export writes it";
            return false;
        }
    }

    private static ImportReport Unreadable(ImportReport report, string message) => report with
    {
        UnreadableCount = report.UnreadableCount + 1,
        Unreadable = report.Unreadable.Count < MaxMessages ? [.. report.Unreadable, message] : report.Unreadable,
    };
}
