using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Conformance.Sessions;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Sessions;
using Recollect.Sessions.Files;

namespace Recollect.IntegrationTests.Sessions;

public sealed class FileSessionStoreConformanceTests : SessionStoreConformance, IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<ISessionStore> CreateAsync() => ValueTask.FromResult<ISessionStore>(Open());

    protected override ValueTask<ISessionStore> ReopenAsync(ISessionStore store) => CreateAsync();

    private FileSessionStore Open() => new(
        Options.Create(new SessionOptions()), Options.Create(new DataOptions { Root = _folder.Path }), TimeProvider.System, NullLogger<FileSessionStore>.Instance);
}
