using Microsoft.Extensions.Options;
using Recollect.Backups;
using Recollect.Sessions;
using Recollect.Sessions.Files;

namespace Recollect.Health;

/// <summary>Reads how a bot does: sessions, size, errors, response time, and how sessions ended.</summary>
public sealed class BotStatusReader
{
    private const double Megabyte = 1_000_000;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly ISessionStore _sessions;
    private readonly TurnNumbers _turns;
    private readonly TimeSpan _timeout;
    private readonly string _root;
    private readonly TimeProvider _time;

    internal BotStatusReader(ISessionStore sessions, TurnNumbers turns, IOptions<SessionOptions> options, IOptions<DataOptions> data, TimeProvider time) =>
        (_sessions, _turns, _timeout, _root, _time) = (sessions, turns, options.Value.Timeout, Path.GetFullPath(data.Value.Root), time);

    /// <summary>Reads it now; empty where no bot was ever here.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SessionStoreException">The sessions could not be listed.</exception>
    public async Task<IReadOnlyList<BotMetric>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_sessions is FileSessionStore { Folder.Root: var folder } && !Directory.Exists(folder) && !_turns.Exist)
        {
            return [];
        }

        var now = _time.GetUtcNow();
        var (live, byItself, byReset) = (0, 0, 0);
        foreach (var archived in new[] { false, true })
        {
            await foreach (var session in _sessions.ListAsync(archived, cancellationToken))
            {
                if (!session.HasEnded(_timeout, now))
                {
                    live++;
                    continue;
                }

                var ended = session.EndedAt ?? session.LastActive + _timeout;
                if (now - ended < Day)
                {
                    (byItself, byReset) = ended - session.LastActive >= _timeout ? (byItself + 1, byReset) : (byItself, byReset + 1);
                }
            }
        }

        var (answered, failed, p95) = _turns.Read();
        return
        [
            new("response_time_p95", "memory's share of an answer, 95 of 100, last 24 hours", p95?.TotalMilliseconds, "ms", 500, 1_000),
            new("live_sessions", "live sessions", live, "", 1_000, 5_000),
            new("data_size", "size of the data on disk", SizeOf(_root) / Megabyte, "MB", 500, 2_000),
            new("error_rate", "answers that failed, last 24 hours", Share(failed, answered + failed), "%", 1, 5),
            new("auto_expiry", "sessions that ended by themselves, not by /reset, last 24 hours", Share(byItself, byItself + byReset), "%", null, null),
        ];
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;

    private static long SizeOf(string root) => Directory.Exists(root)
        ? Directory.EnumerateFileSystemEntries(root).Where(static path => Path.GetFileName(path) is not BackupNames.Folder)
            .Sum(static path => File.Exists(path) ? Length(path) : Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(Length))
        : 0;

    private static long Length(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (FileNotFoundException) // it went this moment
        {
            return 0;
        }
    }
}
