using Recollect.Conformance.Ingest.Sources;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Tables;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresSourceConformanceTests(PostgresServer server) : SourceConformance, IAsyncDisposable
{
    private readonly List<TableBench> _benches = [];

    protected override bool KeepsWorkspaces => false;

    public async ValueTask DisposeAsync()
    {
        foreach (var bench in _benches)
        {
            await bench.DisposeAsync();
        }
    }

    protected override async ValueTask<ISource> CreateAsync(IReadOnlyList<SourceMessage> messages)
    {
        var bench = await TableBench.StartAsync(server, id: "text");
        _benches.Add(bench);
        await bench.AddAsync(messages);
        return bench.Postgres();
    }
}
