using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Cli;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Generation;
using Recollect.State;
using Recollect.Work;

namespace Recollect.IntegrationTests.Work;

/// <summary>A worker as the command composes it, that reaches a queue and a service, and no database.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The work begins with Start and ends here")]
internal sealed class RemoteWorker : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServiceProvider _services;
    private Task<WorkerReport>? _working;

    public RemoteWorker(Uri service, string key, IWorkQueue queue, IMemoryWriter writer, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:Root", Path.Combine(_folder.Path, "data")),
            new("Sources:Use", "service"),
            new("Stores:Use", "service"),
            new("State:Use", "service"),
            new("Service:Url", service.ToString()),
            new("Service:ApiKey", key),
            new("Service:Attempts", "2"),
            new("Service:Delay", "00:00:00"),
        ]).Build();
        var services = Composition.Add(new ServiceCollection(), configuration);
        services.AddSingleton<ILoggerProvider>(Log).AddSingleton(queue).AddSingleton(writer).AddSingleton(time);
        _services = services.BuildServiceProvider();
    }

    public LogLines Log { get; } = new();

    public IServiceProvider Services => _services;

    public IStateStore State => _services.GetRequiredService<IStateStore>();

    public void Start() => _working = _services.GetRequiredService<MemoryWorker>().RunAsync(_stopping.Token, CancellationToken.None);

    /// <summary>Lets it finish what it has in hand.</summary>
    public async Task<WorkerReport> StopAsync()
    {
        await _stopping.CancelAsync();
        return await _working!;
    }

    /// <summary>Looks again and again until it has logged some words.</summary>
    public async Task UntilLoggedAsync(string words)
    {
        while (!Log.All.Any(line => line.Contains(words, StringComparison.Ordinal)))
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_working is { IsCompleted: false })
        {
            await StopAsync();
        }

        await _services.DisposeAsync();
        _stopping.Dispose();
        _folder.Dispose();
    }
}
