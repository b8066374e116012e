using System.Globalization;
using Npgsql;
using Recollect.Benchmarks.Measuring;
using Recollect.IntegrationTests.Servers;

namespace Recollect.Benchmarks.Vectors;

/// <summary>pgvector in PGlite, which keeps all in its memory: by its HNSW index, or exactly.</summary>
internal sealed class PgvectorPeer(bool isExact) : IVectorPeer
{
    private const int Batch = 500;

    private readonly PgvectorServer _server = new();
    private NpgsqlConnection? _connection;
    private bool _owned;

    public string Name => isExact ? "pgvector, exact" : "pgvector, HNSW";

    public long MostBytes => 1L << 30;

    public async Task BuildAsync(VectorSet set, int count, bool owned, CancellationToken cancellationToken)
    {
        _owned = owned;
        _connection = new((await _server.EmptyAsync()).ConnectionString);
        await _connection.OpenAsync(cancellationToken);
        await RunAsync(string.Create(CultureInfo.InvariantCulture, $"CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE v(id int PRIMARY KEY, owner int NOT NULL, vector vector({set.Dimensions}) NOT NULL);"), cancellationToken);
        foreach (var rows in Enumerable.Range(0, count).Chunk(Batch))
        {
            await using var insert = new NpgsqlCommand("INSERT INTO v SELECT * FROM unnest($1, $2, $3::vector[])", _connection)
            {
                Parameters = { new() { Value = rows }, new() { Value = rows.Select(row => owned ? row % set.Owners : 0).ToArray() }, new() { Value = rows.Select(row => Text(set.Vector(row))).ToArray() } },
            };
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await RunAsync("CREATE INDEX ON v(owner); ANALYZE v;", cancellationToken);
        if (!isExact)
        {
            await RunAsync("SET maintenance_work_mem = '1GB'; CREATE INDEX ON v USING hnsw (vector vector_cosine_ops); SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off;", cancellationToken);
        }
    }

    public async Task<int[]> SearchAsync(float[] query, int owner, CancellationToken cancellationToken)
    {
        var where = _owned ? string.Create(CultureInfo.InvariantCulture, $"WHERE owner = {owner}") : string.Empty;
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM v {where} ORDER BY vector <=> $1::vector LIMIT {VectorRun.Top}"), _connection)
        {
            Parameters = { new() { Value = Text(query) } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetInt32(0));
        }

        return [.. found];
    }

    public long BytesOnDisk() => 0;

    public long ResidentBytes() => Workspace.ResidentBytes(_server.ProcessId);

    public long BytesScanned(int rows, int dimensions) => isExact ? (long)rows * dimensions * sizeof(float) : 0;

    public async ValueTask DisposeAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _server.DisposeAsync();
    }

    private static string Text(float[] vector) => $"[{string.Join(',', vector.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}]";

    private async Task RunAsync(string statements, CancellationToken cancellationToken)
    {
        foreach (var statement in statements.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = new NpgsqlCommand(statement, _connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
