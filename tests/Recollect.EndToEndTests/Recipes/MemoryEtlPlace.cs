using System.Globalization;
using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.Connectors.Neo4j;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Neo4j.Stub;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Supabase;
using Recollect.IntegrationTests.Tables;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe as a team has it: real tables behind a real PostgREST, a scripted endpoint for embeddings, and a stand-in of Neo4j.</summary>
internal sealed class MemoryEtlPlace : IAsyncDisposable
{
    private readonly TableBench _tables;

    private MemoryEtlPlace(TableBench tables, EmbeddingServer embedder, Neo4jStub graph) => (_tables, Embedder, Graph) = (tables, embedder, graph);

    public Workplace Place { get; } = new();

    public EmbeddingServer Embedder { get; }

    public Neo4jStub Graph { get; }

    /// <summary>Gets how many statements have written memories so far.</summary>
    public int Writes => Graph.Calls.Count(call => string.Equals(call.Statement, Cypher.Upsert, StringComparison.Ordinal));

    /// <summary>Gets how many texts were embedded so far, each time that one was.</summary>
    public int Texts => Embedder.Calls.Sum(call => call.Inputs.Count);

    public static async Task<MemoryEtlPlace> CreateAsync(PostgresServer server, int maxRows = 1000)
    {
        var tables = await (await TableBench.StartAsync(server)).ServeAsync(maxRows);
        var here = new MemoryEtlPlace(tables, await EmbeddingServer.StartAsync(), await Neo4jStub.StartAsync());
        var variables = here.Place.Variables;
        variables["SUPABASE_URL"] = tables.Gateway.Url;
        variables["SUPABASE_SERVICE_ROLE_KEY"] = SupabaseGateway.Key;
        variables["DATABASE_URL"] = tables.Database.ConnectionString;
        variables["OPENAI_BASE_URL"] = here.Embedder.Url;
        variables["OPENAI_API_KEY"] = "sk-of-the-tests";
        variables["NEO4J_URI"] = here.Graph.Url;
        variables["NEO4J_USER"] = Neo4jStub.User;
        variables["NEO4J_PASSWORD"] = Neo4jStub.Password;
        here.UseDimensions(64); // as many as a test needs
        variables["RECOLLECT__Runs__Delay"] = "00:00:00.02";
        var written = await here.Place.RunAsync("init", "--recipe", "memory-etl");
        Assert.True(written.ExitCode == 0, written.Error);
        return here;
    }

    /// <summary>Sets how many dimensions vectors have.</summary>
    public void UseDimensions(int dimensions)
    {
        foreach (var part in new[] { "Embedding__OpenAi", "Stores__Neo4j" })
        {
            Place.Variables[$"RECOLLECT__{part}__Dimensions"] = dimensions.ToString(CultureInfo.InvariantCulture);
        }
    }

    public Task ExecuteAsync(string statement) => _tables.ExecuteAsync(statement);

    /// <summary>Adds conversations of some users, each with its messages a second apart, an hour and more ago.</summary>
    /// <param name="first">The id of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="messages">An SQL expression over the conversation's id <c>c</c>: how many messages it has.</param>
    public async Task AddAsync(int first, int count, string messages)
    {
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO conversations (id, user_id, title, updated_at)
            SELECT c, 'user ' || c % 7, 'Talk ' || c, (now() AT TIME ZONE 'UTC') - interval '2 hours' FROM generate_series({first}, {first + count - 1}) AS c
            """));
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO messages (id, conversation_id, role, content, created_at)
            SELECT c * 10000 + m, c, CASE WHEN m % 2 = 1 THEN 'user' ELSE 'assistant' END,
                   CASE WHEN c % 50 = 7 AND m = 2 THEN NULL ELSE 'Message ' || m || ' of talk ' || c || ' about the budget and box ' || c * 31 || '.' END,
                   (now() AT TIME ZONE 'UTC') - interval '3 hours' + (m / 2) * interval '1 second'
            FROM generate_series({first}, {first + count - 1}) AS c, LATERAL generate_series(1, {messages}) AS m
            """));
    }

    /// <summary>Runs a command and reads its report.</summary>
    public async Task<JsonElement> RunAsync(params IReadOnlyList<string> arguments)
    {
        var result = await Place.RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode is 0 or 1, $"exit code {result.ExitCode}: {result.Error}");
        var run = Workplace.JsonOf(result);
        RunJsonAssert.Closes(run);
        return run;
    }

    /// <summary>Gets what the nodes hold, but for the times at which they were written.</summary>
    public IReadOnlyList<string> Nodes() =>
        [.. Graph.Graph.Nodes.Select(node => string.Join('\n', node.Names.Where(name => name is not ("created_at" or "updated_at")).Select(name => $"{name}={node[name].GetRawText()}"))).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Graph.DisposeAsync();
        await Embedder.DisposeAsync();
        await _tables.DisposeAsync();
        Place.Dispose();
    }
}
