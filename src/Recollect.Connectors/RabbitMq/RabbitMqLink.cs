using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>One connection to the broker, made when it is needed and made again when it broke.</summary>
/// <remarks>
/// Safe to use concurrently. Senders and receivers have one each: a broker with an alarm stops reading from connections that
/// publish, and what is settled must still reach it.
/// </remarks>
/// <param name="options">The settings.</param>
/// <param name="topology">What is declared on each connection.</param>
/// <param name="failures">Describes failures.</param>
/// <param name="purpose">What the broker shows it as.</param>
internal sealed class RabbitMqLink(RabbitMqOptions options, RabbitMqTopology topology, RabbitMqFailures failures, string purpose) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;
    private volatile bool _isDeclared;
    private volatile string? _blocked;
    private bool _isDisposed;

    /// <summary>Gets why the broker holds publishers back; null when it does not.</summary>
    public string? Blocked => _blocked;

    /// <summary>Gets the version that the broker tells; null before there was a connection.</summary>
    public string? Version => _connection?.ServerProperties?.TryGetValue("version", out var version) is true && version is byte[] text ? System.Text.Encoding.UTF8.GetString(text) : null;

    /// <summary>Opens a channel, on a connection where everything is declared.</summary>
    /// <param name="channelOptions">What the channel is for; null for a plain one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="QueueException">It could not.</exception>
    public async Task<IChannel> OpenChannelAsync(CreateChannelOptions? channelOptions, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connection is not { IsOpen: true })
            {
                await CloseAsync();
                var connection = await RabbitMqAddress.Factory(options).CreateConnectionAsync($"recollect {purpose}", cancellationToken);
                connection.ConnectionBlockedAsync += NoteBlockedAsync;
                connection.ConnectionUnblockedAsync += NoteUnblockedAsync;
                (_connection, _isDeclared, _blocked) = (connection, false, null);
            }

            if (!_isDeclared)
            {
                await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
                await topology.DeclareAsync(channel, cancellationToken);
                _isDeclared = true;
            }

            return await _connection.CreateChannelAsync(channelOptions, cancellationToken);
        }
        catch (Exception ex) when (RabbitMqFailures.IsKnown(ex) && !_isDisposed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw failures.Of(ex);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets everything be declared again before the next channel is opened.</summary>
    public void Forget() => _isDeclared = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _isDisposed = true;
            await CloseAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            try
            {
                await connection.DisposeAsync();
            }
            catch (Exception ex) when (RabbitMqFailures.IsKnown(ex)) // it was broken already
            {
            }
        }
    }

    private Task NoteBlockedAsync(object sender, ConnectionBlockedEventArgs alarm)
    {
        _blocked = alarm.Reason;
        return Task.CompletedTask;
    }

    private Task NoteUnblockedAsync(object sender, AsyncEventArgs over)
    {
        _blocked = null;
        return Task.CompletedTask;
    }
}
