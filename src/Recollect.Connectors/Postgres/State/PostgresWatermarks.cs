using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>How far each source was read.</summary>
internal sealed class PostgresWatermarks(PostgresDatabase database) : IWatermarks
{
    private static readonly string Advance = PostgresUpsert.Of(
        "recollect.watermarks", [("source", "text")], [("moment", "bigint")], static given => $"{given}moment > o.moment", "moment = excluded.moment");

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> GetAsync(string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var moments = await database.ReadAsync((connection, token) => connection.ListAsync<DateTimeOffset?>(
            "SELECT moment FROM recollect.watermarks WHERE source = $1", [ExactText.Encode(source)], static row => row.Instant(0), token), cancellationToken);
        return moments.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask AdvanceAsync(string source, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await database.WriteAsync(
            (connection, token) => connection.RunAsync(Advance, [new[] { ExactText.Encode(source) }, new[] { moment.UtcTicks }], token), cancellationToken);
    }
}
