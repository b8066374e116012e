using Npgsql;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Finds pgvector in the database, and installs it where the server has it and the user may.</summary>
/// <param name="database">The database.</param>
internal sealed class VectorExtension(PostgresDatabase database)
{
    private const string Installed = "SELECT quote_ident(n.nspname) FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'vector'";
    private const string Available = "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector')";

    private volatile State? _state;

    /// <summary>Gets what there is, as of the last look.</summary>
    public async ValueTask<State> StateAsync(CancellationToken cancellationToken) => _state ?? await LookAsync(cancellationToken);

    /// <summary>Looks again, for what an administrator did meanwhile.</summary>
    public async ValueTask<State> LookAsync(CancellationToken cancellationToken)
    {
        var state = await database.ReadAsync(ReadAsync, cancellationToken);
        if (state is { Schema: null, IsAvailable: true })
        {
            state = await TryInstallAsync(cancellationToken) ? await database.ReadAsync(ReadAsync, cancellationToken) : state;
        }

        return _state = state;
    }

    private async ValueTask<bool> TryInstallAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(static (connection, token) => connection.RunAsync("CREATE EXTENSION IF NOT EXISTS vector", [], token), cancellationToken);
            return true;
        }
        catch (MemoryStoreException ex) when (ex.InnerException is PostgresException) // the user may not, or another process was faster
        {
            return false;
        }
    }

    private static async ValueTask<State> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        new(
            await connection.ValueAsync<string>(Installed, [], cancellationToken),
            await connection.ValueAsync<bool>(Available, [], cancellationToken),
            (await connection.ListAsync(VectorIndex.Find, [], static row => row.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal));

    /// <summary>What there is.</summary>
    /// <param name="Schema">The schema that it lies in, quoted; null where it is not installed.</param>
    /// <param name="IsAvailable">Whether the server has its files.</param>
    /// <param name="Indexes">The names of the approximate indexes.</param>
    internal sealed record State(string? Schema, bool IsAvailable, IReadOnlySet<string> Indexes)
    {
        /// <summary>Gets a value indicating whether the server could have it and the user may not install it.</summary>
        public bool IsWithheld => Schema is null && IsAvailable;
    }
}
