using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Connectors.Chroma;
using Recollect.Conversations;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Recollect.IntegrationTests.Chroma.Stub;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

/// <summary>Every way in which the server fails is told apart, and nothing that it says is repeated.</summary>
public sealed class ChromaFailureTests : IAsyncLifetime
{
    private const string Missing = """{"error":"NotFoundError","message":"Collection [x] does not exists."}""";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Visibility Chat = Visibility.Of(new() { User = "972501234567@c.us" });

    private readonly List<ChromaMemoryStore> _stores = [];
    private ChromaStub _stub = null!;
    private ChromaMemoryStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await ChromaStub.StartAsync();
        _store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        await _stub.DisposeAsync();
    }

    [Theory]
    [InlineData(401, "", false, "Stores:Chroma:Token")]
    [InlineData(403, "secret words", false, "Stores:Chroma:Token")]
    [InlineData(404, "<html>secret words</html>", false, "API v2")]
    [InlineData(413, "secret words", false, "(413)")]
    [InlineData(307, "secret words", false, "redirects (307)")]
    [InlineData(418, "secret words", false, "(418)")]
    [InlineData(422, """{"error":"ChromaError","message":"secret words"}""", false, "(422)")]
    [InlineData(429, """{"error":"ChromaError","message":"secret words"}""", true, "(429)")]
    [InlineData(503, "secret words", true, "(503)")]
    [InlineData(400, """{"error":"InvalidArgumentError","message":"Database [secret] does not exist"}""", false, "no database \"default_database\"")]
    [InlineData(404, """{"error":"NotFoundError","message":"Tenant [secret] not found"}""", false, "no tenant \"default_tenant\"")]
    [InlineData(400, """{"error":"InvalidArgumentError","message":"Collection expecting embedding with dimension of 3, got secret"}""", true, "other dimensions")]
    [InlineData(422, """{"error":"QuotaError","message":"Quota exceeded: secret"}""", false, "larger quota")]
    public async Task A_refusal_is_told_apart(int status, string body, bool isTransient, string expected)
    {
        var failure = await FailAsync(StubFault.Answer(status, body, "application/json", retryAfter: "7", location: "http://127.0.0.1:9/secret"));
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(status is 429 or 503 ? TimeSpan.FromSeconds(7) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_are_told_apart()
    {
        Assert.Contains("web page", (await FailAsync(StubFault.Answer(200, "<html>secret words</html>", "text/html"))).Message, StringComparison.Ordinal);
        Assert.True((await FailAsync(StubFault.Truncated("""{"ids":[["secret words"""))).IsTransient);
        Assert.True((await FailAsync(StubFault.Json("secret words"))).IsTransient);
        Assert.True((await FailAsync(StubFault.Break())).IsTransient);
        foreach (var shape in new[] { "[]", "{}", "7", """{"ids":[1],"distances":[[0]]}""", """{"ids":[["a"]]}""", """{"ids":[["a"]],"distances":[["secret"]]}""", """{"ids":[],"distances":[]}""" })
        {
            Assert.Contains("not Chroma's", (await FailAsync(StubFault.Json(shape))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_that_would_fill_the_memory_is_not_read()
    {
        var failure = await FailAsync(StubFault.Huge());
        Assert.Contains("more than could be asked for", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_timeout()
    {
        var time = new ManualTime(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var store = Open(time: time);
        _stub.Fail("count", StubFault.Hang());
        var failure = await time.DriveAsync(() => Assert.ThrowsAsync<MemoryStoreException>(async () => await store.SearchAsync(Chat, MemoryRecords.Vector("q"), 5, None)));
        Assert.True(failure.IsTransient);
        Assert.Contains("Stores:Chroma:Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_with_every_call_to_the_server_and_nowhere_else()
    {
        var stranger = await ChromaStub.StartAsync();
        await using (stranger)
        {
            await _store.InitializeAsync(None);
            _stub.Fail("count", StubFault.Answer(308, string.Empty, location: stranger.Url));
            var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.SearchAsync(Chat, MemoryRecords.Vector("q"), 5, None));
            Assert.DoesNotContain(ChromaStub.Token, failure.ToString(), StringComparison.Ordinal);
            Assert.Empty(stranger.Calls);
        }

        Assert.All(_stub.Calls, call => Assert.Equal(ChromaStub.Token, call.Token));
    }

    [Fact]
    public async Task A_collection_that_was_created_again_is_found_again_once()
    {
        await _store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        _stub.Fail("upsert", StubFault.Answer(404, Missing, "application/json"));
        await _store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        Assert.Equal(3, _stub.Calls.Count(call => call.Route is "upsert"));

        _stub.Fail("upsert", StubFault.Answer(404, Missing, "application/json"), StubFault.Answer(404, Missing, "application/json"));
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.UpsertAsync(MemoryRecords.Of("a"), [], None));
        Assert.True(failure.IsTransient);
        Assert.Contains("removed a collection while it was in use", failure.Message, StringComparison.Ordinal);

        _stub.Fail("count", StubFault.Answer(404, Missing, "application/json"));
        _stub.Fail("memory_972501234567", StubFault.None(), StubFault.Answer(404, Missing, "application/json"));
        Assert.Empty(await _store.SearchAsync(Chat, MemoryRecords.Vector("q"), 5, None));
    }

    [Fact]
    public async Task A_collection_that_was_filled_with_other_dimensions_at_that_moment_is_looked_at_again_once()
    {
        var refusal = StubFault.Answer(400, """{"error":"InvalidArgumentError","message":"Collection expecting embedding with dimension of 16, got 8"}""", "application/json");
        _stub.Fail("upsert", refusal);
        await _store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        Assert.Equal(2, _stub.Calls.Count(call => call.Route is "upsert"));

        _stub.Fail("upsert", refusal, refusal);
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.UpsertAsync(MemoryRecords.Of("a"), [], None));
        Assert.Contains("recollect doctor", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_memory_of_many_chunks_goes_in_requests_that_the_server_takes_with_the_first_chunk_last()
    {
        await _store.UpsertAsync(MemoryRecords.Of("a", texts: ["1", "2", "3", "4", "5"], vectors: [.. Enumerable.Range(0, 5).Select(number => MemoryRecords.Vector($"v{number}"))]), [], None);
        var id = MemoryRecords.IdOf("a");
        var sent = _stub.Calls.Where(call => call.Route is "upsert").Select(call => string.Join(' ', call.Body.GetProperty("ids").EnumerateArray().Select(one => one.GetString()![(id.Length + 1)..])));
        Assert.Equal(["4 3", "2 1", "0"], sent, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Where_the_index_does_not_give_all_the_vectors_are_read_and_compared()
    {
        _stub.Fail("count", StubFault.Json("2"));
        _stub.Fail("query", StubFault.Json("""{"ids":[["far/0"]],"distances":[[0.9]]}"""));
        _stub.Fail("get",
            StubFault.Json("""{"ids":["far/0","near/0"]}"""),
            StubFault.Json("""{"ids":["far/0","near/0"],"embeddings":[[0,1,0,0,0,0,0,0],[1,0,0,0,0,0,0,0]]}"""),
            StubFault.Json("""{"ids":["near/0"],"metadatas":[{"recollect_id":"near","recollect_first":3,"recollect_last":4}]}"""));
        var match = Assert.Single(await _store.SearchAsync(Chat, new float[] { 1, 0, 0, 0, 0, 0, 0, 0 }, 1, None));
        Assert.Equal(("near", 1.0, 3, 4), (match.MemoryId, Math.Round(match.Similarity, 6), match.FirstMessage, match.LastMessage));
    }

    [Theory]
    [InlineData("not a memory")]
    [InlineData("data:application/gzip;base64,!!!")]
    [InlineData("data:application/gzip;base64,aGVsbG8=")]
    [InlineData("data:application/gzip;base64,H4sIAAAAAAAAA6tWKkktLlGyUlAqLU4tykvMTQUAqA1q0xIAAAA=")]
    [InlineData("data:application/gzip;base64,H4sIAAAAAAAAA6tWKkktLlGyUlAq")]
    public async Task A_record_that_another_program_changed_is_explained(string uri)
    {
        _stub.Fail("collections", StubFault.Json($"[{ChromaStub.Collection("memory_1")}]"));
        _stub.Fail("get", StubFault.Json($$"""{"ids":["a/0"],"metadatas":[{"recollect_id":"a"}],"uris":["{{uri}}"]}"""));
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.GetAsync(["a"], None));
        Assert.Contains("changed by another program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_explains_what_a_server_is_that_cannot_be_used()
    {
        _stub.Fail("version", StubFault.Answer(404, """{"detail":"Not Found"}""", "application/json"));
        Assert.Contains("servers before 1.0", await FindingAsync(_store), StringComparison.Ordinal);
        _stub.Fail("version", StubFault.Answer(200, "<html></html>", "text/html"));
        Assert.Contains("web page", await FindingAsync(_store), StringComparison.Ordinal);
        _stub.Fail("default_tenant", StubFault.Answer(404, """{"error":"NotFoundError","message":"Tenant [x] not found"}""", "application/json"));
        Assert.Contains("POST /api/v2/tenants", await FindingAsync(_store), StringComparison.Ordinal);
        Assert.Contains("nothing listens there", await FindingAsync(Open(static options => options.Url = "http://127.0.0.1:9")), StringComparison.Ordinal);
    }

    private static async Task<string> FindingAsync(ChromaMemoryStore store)
    {
        var diagnosis = await store.DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.NotNull(diagnosis.Advice);
        return diagnosis.Finding;
    }

    private ChromaMemoryStore Open(Action<ChromaOptions>? change = null, TimeProvider? time = null)
    {
        var options = new ChromaOptions { Url = _stub.Url, Token = ChromaStub.Token };
        change?.Invoke(options);
        var store = new ChromaMemoryStore(Options.Create(options), time ?? TimeProvider.System);
        _stores.Add(store);
        return store;
    }

    private async Task<MemoryStoreException> FailAsync(StubFault fault)
    {
        _stub.Fail("count", StubFault.Json("1"));
        _stub.Fail("query", fault);
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.SearchAsync(Chat, MemoryRecords.Vector("q"), 5, None));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ChromaStub.Token, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
