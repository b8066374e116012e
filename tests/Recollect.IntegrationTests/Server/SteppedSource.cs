using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.IntegrationTests.Server;

/// <summary>A source that gives a message, of a thread of its own, whenever it is told to, and ends when it is told to.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that nobody waits on with a handle holds nothing")]
internal sealed class SteppedSource : ISource
{
    private readonly SemaphoreSlim _steps = new(0);
    private volatile bool _isEnded;

    public string Name => "files";

    public void Step() => _steps.Release();

    public void End()
    {
        _isEnded = true;
        _steps.Release();
    }

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            await _steps.WaitAsync(cancellationToken);
            if (_isEnded)
            {
                yield break;
            }

            observer.OnProgress(number, 10);
            var thread = new SourceThread { Key = new() { Source = Name, Owner = new() { User = "dana" }, Thread = number.ToString(CultureInfo.InvariantCulture) } };
            yield return new() { Thread = thread, Message = new() { Id = "1", Role = Roles.User, Text = "I live in Elm Street.", SentAt = DateTimeOffset.UnixEpoch } };
        }
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "stepped"));
}
