using Microsoft.Extensions.DependencyInjection;
using Recollect.IntegrationTests.Server;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Work;

/// <summary>A Recollect over the tables of a chat backend.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private RunningServer? _server;

    private Backend(BackendTables tables)
    {
        _settings = new(StringComparer.Ordinal)
        {
            ["Sources:Use"] = "postgres",
            ["Sources:Name"] = "backend",
            ["Sources:Postgres:ConnectionString"] = tables.Database.ConnectionString,
            ["Sources:Tables:Title"] = string.Empty,
            ["Sources:Tables:IsUser"] = "is_user",
            ["Sources:Tables:SentAt"] = "timestamp",
            ["Worker:BatchSize"] = "5",
        };
        Tables = tables;
    }

    public BackendTables Tables { get; }

    public RunningServer Server => _server!;

    public static async Task<Backend> CreateAsync(PostgresServer server) => new(await BackendTables.CreateAsync(server));

    public async Task<Backend> ServeAsync(Action<IServiceCollection>? change = null, params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        _server = await RunningServer.StartAsync(_settings, change);
        return this;
    }

    /// <summary>Asks the store again and again until it has that many memories.</summary>
    public async Task<long> UntilAsync(long memories)
    {
        var store = Server.Services.GetRequiredService<Recollect.Memorize.Stores.IMemoryStore>();
        var state = Server.Services.GetRequiredService<Recollect.State.IStateStore>();
        await store.InitializeAsync(CancellationToken.None);
        await state.InitializeAsync(CancellationToken.None);
        long found;
        while ((found = (await store.GetStatisticsAsync(CancellationToken.None)).Memories) < memories || (await state.Queued.CountAsync("backend", CancellationToken.None)).Waiting > 0)
        {
            await Task.Yield();
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        await Tables.DisposeAsync();
    }
}
