using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>Who is working on which conversation, by the server's clock. Rows are locked in order of their keys, so that two workers never wait for each other.</summary>
internal sealed class PostgresClaims(PostgresDatabase database) : IClaims
{
    private const string Claim =
        """
        INSERT INTO recollect.claims AS c (thread_hash, holder, ends_at)
        SELECT thread_hash, $2, clock_timestamp() + $3 FROM unnest($1::uuid[]) AS n(thread_hash) ORDER BY thread_hash
        ON CONFLICT (thread_hash) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
        WHERE c.ends_at <= clock_timestamp() OR c.holder = excluded.holder
        RETURNING thread_hash
        """;

    private const string Renew =
        """
        WITH mine AS (SELECT thread_hash FROM recollect.claims WHERE holder = $1 ORDER BY thread_hash FOR UPDATE)
        UPDATE recollect.claims c SET ends_at = clock_timestamp() + $2 FROM mine WHERE c.thread_hash = mine.thread_hash
        """;

    private const string Release =
        """
        WITH mine AS (SELECT thread_hash FROM recollect.claims WHERE thread_hash = ANY($1) AND holder = $2 ORDER BY thread_hash FOR UPDATE)
        DELETE FROM recollect.claims c USING mine WHERE c.thread_hash = mine.thread_hash
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> ClaimAsync(
        string source, IReadOnlyCollection<string> threads, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentNullException.ThrowIfNull(holder);
        if (threads.Count == 0)
        {
            return [];
        }

        var byHash = threads.Distinct(StringComparer.Ordinal).ToDictionary(thread => HashedKey.Of(source, thread));
        var claimed = await database.WriteAsync(
            (connection, token) => connection.ListAsync(Claim, [byHash.Keys.ToArray(), ExactText.Encode(holder), NotNegative(duration)], static row => row.GetGuid(0), token), cancellationToken);
        return [.. claimed.Select(hash => byHash[hash])];
    }

    /// <inheritdoc/>
    public async ValueTask<int> RenewAsync(string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return await database.WriteAsync((connection, token) => connection.RunAsync(Renew, [ExactText.Encode(holder), NotNegative(duration)], token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string source, IReadOnlyCollection<string> threads, string holder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentNullException.ThrowIfNull(holder);
        if (threads.Count > 0)
        {
            Guid[] hashes = [.. threads.Select(thread => HashedKey.Of(source, thread))];
            await database.WriteAsync((connection, token) => connection.RunAsync(Release, [hashes, ExactText.Encode(holder)], token), cancellationToken);
        }
    }

    /// <summary>The server's calendar does not go back as far as a duration may.</summary>
    private static TimeSpan NotNegative(TimeSpan duration) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
}
