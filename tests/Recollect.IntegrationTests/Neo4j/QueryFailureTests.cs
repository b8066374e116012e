using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Recollect.IntegrationTests.Neo4j.Stub;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Every way in which the server fails is told apart, and nothing that it says is repeated.</summary>
public sealed class QueryFailureTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Neo4jStores _stores = null!;
    private Neo4jMemoryStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _stores = await Neo4jStores.StartAsync();
        _store = await _stores.CreateAsync();
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(202, "Neo.TransientError.Transaction.DeadlockDetected", true)]
    [InlineData(200, "Neo.TransientError.General.DatabaseUnavailable", true)]
    [InlineData(400, "Neo.ClientError.Cluster.NotALeader", true)]
    [InlineData(202, "Neo.ClientError.Schema.ConstraintValidationFailed", true)]
    [InlineData(202, "Neo.ClientError.Statement.SyntaxError", false)]
    [InlineData(400, "Neo.ClientError.Statement.ParameterMissing", false)]
    [InlineData(401, "Neo.ClientError.Security.Unauthorized", false)]
    [InlineData(403, "Neo.ClientError.Security.Forbidden", false)]
    [InlineData(404, "Neo.ClientError.Database.DatabaseNotFound", false)]
    [InlineData(202, "Neo.TransientError.General.MemoryPoolOutOfMemoryError", false)]
    [InlineData(500, "Neo.DatabaseError.General.UnknownError", false)]
    public async Task Errors_are_failures_whatever_the_status(int status, string code, bool isTransient)
    {
        var failure = await FailAsync(StubFault.Answer(status, $$"""{"data":{"fields":[],"values":[]},"errors":[{"code":"{{code}}","message":"secret words"}]}""", "application/json"));
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, false, "User and Password")]
    [InlineData(403, false, "(403)")]
    [InlineData(404, false, "no Query API for the database \"neo4j\"")]
    [InlineData(413, false, "(413)")]
    [InlineData(302, false, "redirects (302)")]
    [InlineData(418, false, "(418)")]
    [InlineData(408, true, "(408)")]
    [InlineData(429, true, "(429)")]
    [InlineData(503, true, "(503)")]
    public async Task A_status_without_errors_is_told_apart(int status, bool isTransient, string expected)
    {
        var failure = await FailAsync(StubFault.Answer(status, "secret words", "text/html", retryAfter: "7", location: "http://127.0.0.1:9/secret"));
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient ? TimeSpan.FromSeconds(7) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_are_told_apart()
    {
        Assert.Contains("web page", (await FailAsync(StubFault.Answer(200, "<html>secret words</html>", "text/html"))).Message, StringComparison.Ordinal);
        Assert.True((await FailAsync(StubFault.Truncated("""{"data":{"fields":["id"],"values":[["secret words"""))).IsTransient);
        Assert.True((await FailAsync(StubFault.Json("secret words"))).IsTransient);
        Assert.True((await FailAsync(StubFault.Break())).IsTransient);
        Assert.False((await FailAsync(StubFault.Json("""{"neo4j_version":"5.26.0"}"""))).IsTransient);
        Assert.False((await FailAsync(StubFault.Json("[]"))).IsTransient);
        Assert.False((await FailAsync(StubFault.Json("""{"data":{"fields":["id"],"values":[[1]]}}"""))).IsTransient);
        Assert.False((await FailAsync(StubFault.Json("""{"errors":[{}]}"""))).IsTransient);
    }

    [Fact]
    public async Task The_only_row_of_an_early_server_is_read()
    {
        _stores.Stub.Fail(Cypher.Users, StubFault.Json("""{"data":{"fields":["users"],"values":[7]}}"""));
        Assert.Equal(7, (await _store.GetStatisticsAsync(None)).Users);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_timeout()
    {
        var time = new ManualTime(EtlNodeJson.UpdatedAt);
        var store = _stores.Open(time: time);
        _stores.Stub.Fail(Cypher.Records, StubFault.Hang());
        var failure = await time.DriveAsync(() => Assert.ThrowsAsync<MemoryStoreException>(async () => await store.GetAsync(["a"], None)));
        Assert.True(failure.IsTransient);
        Assert.Contains("Stores:Neo4j:Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_credentials_a_wrong_database_and_a_server_that_is_gone_are_explained_by_doctor()
    {
        Assert.Contains("User and Password", await FindingAsync(options => options.Password = "OTHER"), StringComparison.Ordinal);
        Assert.Contains("Community edition", await FindingAsync(options => options.Database = "memories"), StringComparison.Ordinal);
        Assert.Contains("nothing listens there", await FindingAsync(static options => options.Uri = "http://127.0.0.1:9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_store_call_changes_nothing_and_succeeds_when_it_is_made_again()
    {
        _stores.Stub.Fail(Cypher.Upsert, StubFault.Answer(202, """{"errors":[{"code":"Neo.TransientError.Transaction.LockClientStopped"}]}""", "application/json"));
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.UpsertAsync(MemoryRecords.Of("a"), [], None));
        Assert.True(failure.IsTransient);
        Assert.Empty(_stores.Stub.Graph.Nodes);
        await _store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        Assert.Single(_stores.Stub.Graph.Nodes);
    }

    private async Task<string> FindingAsync(Action<Neo4jOptions> change)
    {
        var diagnosis = await _stores.Open(change).DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.DoesNotContain("OTHER", diagnosis.ToString(), StringComparison.Ordinal);
        return diagnosis.Finding;
    }

    private async Task<MemoryStoreException> FailAsync(StubFault fault)
    {
        _stores.Stub.Fail(Cypher.Records, fault);
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.GetAsync(["a"], None));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Neo4jStub.Password, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
