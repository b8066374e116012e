using Recollect.Conversations;
using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>Who is working on which conversation. All who use the file share the machine's clock.</summary>
internal sealed class SqliteClaims(SqliteDatabase database, TimeProvider time) : IClaims
{
    private const string Claim =
        """
        INSERT INTO claims(thread_hash, holder, ends_at) VALUES(?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at WHERE ends_at <= ?4 OR holder = excluded.holder
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> ClaimAsync(
        string source, IReadOnlyCollection<string> threads, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentNullException.ThrowIfNull(holder);
        return threads.Count == 0 ? [] : await database.WriteAsync<IReadOnlyCollection<string>>(session =>
        {
            var now = time.GetUtcNow();
            var end = EndOf(now, duration);
            return [.. threads.Distinct(StringComparer.Ordinal).Where(thread =>
                session.Query(Claim).With(HashOf(source, thread)).With(holder).With(end).With(now.UtcTicks).Run() > 0)];
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<int> RenewAsync(string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return await database.WriteAsync(
            session => session.Query("UPDATE claims SET ends_at = ?2 WHERE holder = ?1").With(holder).With(EndOf(time.GetUtcNow(), duration)).Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string source, IReadOnlyCollection<string> threads, string holder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentNullException.ThrowIfNull(holder);
        if (threads.Count > 0)
        {
            await database.WriteAsync(session => threads.Sum(thread => session
                .Query("DELETE FROM claims WHERE thread_hash = ?1 AND holder = ?2").With(HashOf(source, thread)).With(holder).Run()), cancellationToken);
        }
    }

    /// <summary>A claim may outlive its worker, and an id may tell whose the conversation is: it is kept as a hash.</summary>
    private static string HashOf(string source, string thread) => StableHash.Of(16, source, thread);

    private static long EndOf(DateTimeOffset now, TimeSpan duration) =>
        now.UtcTicks + Math.Min(duration.Ticks, DateTimeOffset.MaxValue.UtcTicks - now.UtcTicks);
}
