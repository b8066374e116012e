using System.Data;
using Npgsql;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>A lock that this process holds with a connection of its own.</summary>
internal sealed class PostgresLease : ILease
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly CancellationTokenSource _lost = new(); // not disposed: what was given its token may outlive the lock
    private int _released;

    /// <summary>Initializes a new instance of the <see cref="PostgresLease"/> class.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction that has the lock.</param>
    public PostgresLease(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        (_connection, _transaction) = (connection, transaction);
        _connection.StateChange += OnStateChange;
        Watch();
    }

    /// <inheritdoc/>
    public CancellationToken Lost => _lost.Token;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
        {
            return;
        }

        _connection.StateChange -= OnStateChange;
        try
        {
            await _transaction.RollbackAsync(CancellationToken.None); // so that it is free when this returns
        }
        catch (Exception ex) when (PostgresFailures.IsKnown(ex) || ex is InvalidOperationException) // a broken connection has nothing to give back
        {
        }

        await _connection.DisposeAsync();
    }

    private void OnStateChange(object sender, StateChangeEventArgs change) => Watch();

    private void Watch()
    {
        if (!_connection.State.HasFlag(ConnectionState.Open))
        {
            _ = _lost.CancelAsync(); // whoever listens does so outside the driver
        }
    }
}
