using Recollect.Conformance.Ingest.Sources;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

public sealed class AnythingLlmSourceConformanceTests : SourceConformance, IAsyncLifetime
{
    private SourceBench? _bench;

    protected override bool KeepsIds => false;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench!.DisposeAsync();

    protected override ValueTask<ISource> CreateAsync(IReadOnlyList<SourceMessage> messages)
    {
        _bench!.Stub.Clear();
        _bench.Stub.Add(messages.Select((message, number) => Chat(message, number + 1)));
        return ValueTask.FromResult<ISource>(_bench.Source());
    }

    private static StubChat Chat(SourceMessage message, int id) => new()
    {
        Id = id,
        CreatedAt = StubChat.Time(message.Message.SentAt),
        WorkspaceId = message.Thread.Key.Workspace,
        ThreadId = message.Thread.Key.Thread,
        User = message.Thread.Key.Owner.User,
        Prompt = message.Message.Role is Roles.User ? message.Message.Text : string.Empty,
        Response = message.Message.Role is Roles.Assistant ? StubChat.Answer(message.Message.Text) : null,
    };
}
