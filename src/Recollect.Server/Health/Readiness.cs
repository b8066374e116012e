using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;
using Recollect.Server.Http;
using Recollect.State;

namespace Recollect.Server.Health;

/// <summary>Asks store and state whether they answer.</summary>
internal sealed partial class Readiness(IMemoryStore store, IStateStore state, IOptions<SourceOptions> source, TimeProvider time, ILogger<Readiness> logger)
{
    private const string NoSuchId = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Gets the name of the memory store.</summary>
    public string Store => store.Name;

    /// <summary>Gets the name of the state store.</summary>
    public string State => state.Name;

    /// <summary>Asks both, each for at most five seconds.</summary>
    /// <exception cref="ProblemException">One does not answer.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await CheckAsync("store", store.Name, AskStoreAsync, cancellationToken);
        await CheckAsync("state", state.Name, AskStateAsync, cancellationToken);
    }

    private async Task CheckAsync(string part, string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await ask(both.Token);
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested) // whatever it is, the part does not answer
        {
            LogSilent(logger, part, name, ex is OperationCanceledException ? "no answer in time" : Failure.Describe(ex));
            throw new ProblemException(503, $"The {part} {name} does not answer; the log of the server says why.") { Part = part };
        }
    }

    private async Task AskStoreAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        await store.GetAsync([NoSuchId], cancellationToken);
    }

    private async Task AskStateAsync(CancellationToken cancellationToken)
    {
        await state.InitializeAsync(cancellationToken);
        await state.Watermarks.GetAsync(source.Value.Name, cancellationToken);
    }

    [LoggerMessage(23001, LogLevel.Warning, "The {Part} {Name} does not answer: {Error}")]
    private static partial void LogSilent(ILogger logger, string part, string name, string error);
}
