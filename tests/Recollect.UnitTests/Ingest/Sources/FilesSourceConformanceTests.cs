using Recollect.Conformance.Ingest.Sources;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.UnitTests.Ingest.Sources.Files;

namespace Recollect.UnitTests.Ingest.Sources;

public sealed class FilesSourceConformanceTests : SourceConformance, IDisposable
{
    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<ISource> CreateAsync(IReadOnlyList<SourceMessage> messages)
    {
        _folder.Write("chats.jsonl", string.Concat(messages.Select(ChatFolder.Line)));
        return ValueTask.FromResult(_folder.Source());
    }
}
