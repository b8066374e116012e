using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.IntegrationTests.Server;

/// <summary>A source that gives a conversation, says so, and then waits until it is let go or stopped.</summary>
internal sealed class PatientSource : ISource
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "files";

    public void LetGo() => _letGo.TrySetResult();

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var thread = new SourceThread { Key = new() { Source = Name, Owner = new() { User = "dana" }, Thread = "t" } };
        yield return new() { Thread = thread, Message = new() { Id = "1", Role = Roles.User, Text = "I live in Elm Street.", SentAt = DateTimeOffset.UnixEpoch } };
        await _letGo.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "patient"));
}
