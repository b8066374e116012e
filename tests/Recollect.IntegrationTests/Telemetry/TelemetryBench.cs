using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.State;
using Recollect.Work;

namespace Recollect.IntegrationTests.Telemetry;

/// <summary>The services as the command composes them, over conversations in memory, with all their telemetry.</summary>
internal sealed class TelemetryBench : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ServiceProvider _services;

    public TelemetryBench(ISource source, Action<IServiceCollection>? change = null, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Data:Root", _folder.Path), new("Sources:Name", "listed"), new("Worker:BatchSize", "2"), new("Runs:Delay", "00:00:00"), .. settings]).Build();
        var services = Composition.Add(new ServiceCollection(), configuration).AddSingleton(source);
        change?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public TelemetryCatcher Caught { get; } = new();

    public TService Get<TService>()
        where TService : notnull => _services.GetRequiredService<TService>();

    /// <summary>Triggers, and lets a worker work until nothing is left to do.</summary>
    public async Task TriggerAndWorkAsync()
    {
        await Get<MemoryTrigger>().TriggerAsync(most: null, CancellationToken.None);
        using var stopping = new CancellationTokenSource();
        var working = Get<MemoryWorker>().RunAsync(stopping.Token, CancellationToken.None);
        while ((await Get<IStateStore>().Queued.CountAsync("listed", CancellationToken.None)).OldestSentAt is not null)
        {
            await Task.Yield();
        }

        await stopping.CancelAsync();
        await working;
    }

    public async ValueTask DisposeAsync()
    {
        Caught.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
