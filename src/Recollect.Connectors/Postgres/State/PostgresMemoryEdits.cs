using System.Text.Json;
using Npgsql;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>What people did to memories by hand.</summary>
internal sealed class PostgresMemoryEdits(PostgresDatabase database) : IMemoryEdits
{
    private const string Remove = "DELETE FROM recollect.edits e USING unnest($1::text[], $2::bigint[]) AS n(thread_id, at) WHERE e.thread_id = n.thread_id AND e.at = n.at";

    private static readonly string Save = PostgresUpsert.Of(
        "recollect.edits", [("thread_id", "text"), ("at", "bigint")], [("tenant", "text"), ("user_id", "text"), ("edit", "text")]);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryEdit>> ListAsync(string? threadId, CancellationToken cancellationToken) =>
        await database.ReadAsync((connection, token) => threadId is null
            ? connection.ListAsync("SELECT edit FROM recollect.edits ORDER BY thread_id, at", [], Read, token)
            : connection.ListAsync("SELECT edit FROM recollect.edits WHERE thread_id = $1 ORDER BY at", [ExactText.Encode(threadId)], Read, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddAsync(MemoryEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        MemoryEdit[] one = [edit];
        await database.WriteAsync((connection, token) => connection.RunAsync(
            Save,
            [
                one.Texts(static edit => edit.ThreadId), one.Instants(static edit => edit.At), one.Texts(static edit => edit.Tenant), one.Texts(static edit => edit.User),
                one.Texts(static edit => JsonSerializer.Serialize(edit, MemoryEditJson.Default.MemoryEdit)),
            ],
            token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(IReadOnlyCollection<MemoryEdit> edits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edits);
        await database.WriteAsync((connection, token) => connection.RunAsync(
            Remove, [edits.Texts(static edit => edit.ThreadId), edits.Instants(static edit => edit.At)], token), cancellationToken);
        await database.ReadAsync(PostgresStateStore.VacuumAsync, CancellationToken.None); // what is removed must also leave the tables' pages
    }

    private static MemoryEdit Read(NpgsqlDataReader row) => JsonSerializer.Deserialize(row.Text(0), MemoryEditJson.Default.MemoryEdit)!;
}
