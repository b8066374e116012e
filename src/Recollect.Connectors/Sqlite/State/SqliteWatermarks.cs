using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>How far each source was read.</summary>
internal sealed class SqliteWatermarks(SqliteDatabase database) : IWatermarks
{
    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> GetAsync(string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return database.ReadAsync<DateTimeOffset?>(session =>
        {
            using var row = session.Query("SELECT moment FROM watermarks WHERE source = ?1").With(source);
            return row.Read() ? row.Instant(0) : null;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AdvanceAsync(string source, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await database.WriteAsync(session => session
            .Query("INSERT INTO watermarks(source, moment) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET moment = excluded.moment WHERE moment < excluded.moment")
            .With(source).With(moment.UtcTicks).Run(), cancellationToken);
    }
}
