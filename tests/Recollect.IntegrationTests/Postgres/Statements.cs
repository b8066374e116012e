using Npgsql;

namespace Recollect.IntegrationTests.Postgres;

/// <summary>Runs statements as an administrator, each with a connection of its own.</summary>
internal static class Statements
{
    /// <summary>Runs statements.</summary>
    public static Task ExecuteAsync(this NpgsqlConnectionStringBuilder database, string statements) => database.ReadAsync(statements);

    /// <summary>Gets the first column of the first row as text; empty where there is none.</summary>
    public static async Task<string> ReadAsync(this NpgsqlConnectionStringBuilder database, string statements)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statements, connection);
        return await command.ExecuteScalarAsync() as string ?? string.Empty;
    }
}
