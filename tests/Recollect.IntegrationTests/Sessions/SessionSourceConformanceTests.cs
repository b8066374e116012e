using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Conformance.Ingest.Sources;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Sessions;
using Recollect.Sessions.Files;

namespace Recollect.IntegrationTests.Sessions;

public sealed class SessionSourceConformanceTests : SourceConformance, IDisposable
{
    private readonly List<ScratchFolder> _folders = [];

    protected override bool KeepsWorkspaces => false;

    public void Dispose() => _folders.ForEach(static folder => folder.Dispose());

    protected override async ValueTask<ISource> CreateAsync(IReadOnlyList<SourceMessage> messages)
    {
        var folder = new ScratchFolder();
        _folders.Add(folder);
        var options = Options.Create(new SessionOptions());
        var store = new FileSessionStore(options, Options.Create(new DataOptions { Root = folder.Path }), TimeProvider.System, NullLogger<FileSessionStore>.Instance);
        foreach (var thread in messages.GroupBy(message => message.Thread.Key))
        {
            SessionMessage[] kept = [.. thread.Select((message, i) => new SessionMessage
            {
                Id = message.Message.Id, SessionId = thread.Key.Thread, Role = message.Message.Role, Text = message.Message.Text,
                SentAt = message.Message.SentAt, ReceivedAt = message.Message.SentAt, Order = i + 1,
            })];
            var session = new Session
            {
                Id = thread.Key.Thread,
                Chat = thread.Key.Owner.User,
                MessageIds = [.. kept.Select(message => message.Id)],
                CreatedAt = kept[0].SentAt,
                LastActive = kept[^1].SentAt,
                EndedAt = kept[^1].SentAt,
            };
            await store.InChatAsync(session.Chat, async (sessions, token) =>
            {
                await sessions.SaveAsync(session, kept, token);
                return true;
            }, CancellationToken.None);
        }

        return new SessionSource(store, options, Options.Create(new SourceOptions()), TimeProvider.System);
    }
}
