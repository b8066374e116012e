using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Recollect.Memorize.Embedding;
using Recollect.Text;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

[SuppressMessage("Usage", "VSTHRD003", Justification = "Callers are started together and awaited one by one")]
public sealed class PackingTests : IAsyncLifetime
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);
    private EmbeddingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Conversations_that_come_at_once_share_one_request_and_its_cost()
    {
        using var embedder = Embedders.Of(_server, time: _time);
        var callers = Start(embedder, 40, caller => [.. Enumerable.Range(0, 1 + (caller % 5)).Select(i => $"chunk {i} of {caller}")]);
        _time.Advance(Linger);
        var made = await Task.WhenAll(callers);

        var call = Assert.Single(_server.Calls);
        Assert.Equal(made.Sum(one => one.Count), call.Inputs.Count);
        Assert.Equal(1, made.Sum(one => one.Usage!.AdditionalCounts!["calls"]));
        Assert.Equal(_server.BilledTokens, made.Sum(one => one.Usage!.InputTokenCount));
        for (var caller = 0; caller < made.Length; caller++)
        {
            for (var i = 0; i < made[caller].Count; i++)
            {
                Assert.True(TensorPrimitives.CosineSimilarity(made[caller][i].Vector.Span, EmbeddingServer.Vector($"chunk {i} of {caller}", 8)) > 0.999f);
            }
        }
    }

    [Fact]
    public async Task A_full_request_waits_for_nobody()
    {
        using var embedder = Embedders.Of(_server, options => options.MaxInputs = 10, _time);
        var callers = Start(embedder, 20, caller => [$"a{caller}"]);
        await Task.WhenAll(callers);
        Assert.Equal([10, 10], _server.Calls.Select(call => call.Inputs.Count));
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        var gate = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        _server.ScriptAsync = async _ =>
        {
            arrived.Release();
            await gate.Task;
            return null;
        };
        using var embedder = Embedders.Of(_server, options => (options.Concurrency, options.MaxInputs) = (2, 1), _time);
        var callers = Start(embedder, 9, caller => [$"a{caller}"]);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        gate.SetResult();
        await Task.WhenAll(callers);
        Assert.Equal((9, 2), (_server.Calls.Count, _server.MostAtOnce));
    }

    [Fact]
    public async Task A_request_that_fails_fails_each_of_its_callers_with_its_share()
    {
        _server.Script(_ => EmbeddingAnswer.TooMany("3"));
        using var embedder = Embedders.Of(_server, time: _time);
        var callers = Start(embedder, 7, caller => [$"text of caller {caller}", "another"]);
        _time.Advance(Linger);
        var failures = await Task.WhenAll(callers.Select(caller => Assert.ThrowsAsync<EmbeddingException>(() => caller)));

        Assert.Single(_server.Calls);
        Assert.All(failures, failure => Assert.Equal((true, TimeSpan.FromSeconds(3)), (failure.IsTransient, failure.RetryAfter)));
        Assert.Equal((1, 14), (failures.Sum(failure => failure.Usage.Calls), failures.Sum(failure => failure.Usage.Texts)));
        Assert.Equal(Enumerable.Range(0, 7).Sum(caller => TokenEstimate.Of($"text of caller {caller}") + TokenEstimate.Of("another")), failures.Sum(failure => failure.Usage.Tokens));
    }

    [Fact]
    public async Task One_bad_text_fails_its_own_conversation_only()
    {
        _server.Script(call => call.Inputs.Contains("bad", StringComparer.Ordinal) ? EmbeddingAnswer.Error(400, "invalid_request_error", "context_length_exceeded") : null);
        using var embedder = Embedders.Of(_server, time: _time);
        var callers = Start(embedder, 8, caller => [caller == 5 ? "bad" : $"good {caller}"]);
        _time.Advance(Linger);
        for (var i = 0; i < callers.Length; i++)
        {
            if (i == 5)
            {
                Assert.False((await Assert.ThrowsAsync<EmbeddingException>(() => callers[i])).IsTransient);
            }
            else
            {
                Assert.Single(await callers[i]);
            }
        }

        Assert.Equal(9, _server.Calls.Count);
    }

    [Fact]
    public async Task A_vector_that_cannot_be_used_fails_its_own_conversation_only()
    {
        _server.Script(_ => new() { Vectors = vectors => vectors.Select(item => (item.Index, item.Index == 1 ? new float[8] : item.Vector)) });
        using var embedder = Embedders.Of(_server, time: _time);
        var callers = Start(embedder, 3, caller => [$"text {caller}"]);
        _time.Advance(Linger);
        Assert.Single(await callers[0]);
        await Assert.ThrowsAsync<EmbeddingException>(() => callers[1]);
        Assert.Single(await callers[2]);
    }

    [Fact]
    public async Task A_caller_that_gives_up_disturbs_no_other()
    {
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        _server.ScriptAsync = async _ =>
        {
            arrived.TrySetResult();
            await gate.Task;
            return null;
        };
        using var embedder = Embedders.Of(_server, time: _time);
        using var early = new CancellationTokenSource();
        using var late = new CancellationTokenSource();
        var first = embedder.GenerateAsync(["first"], cancellationToken: early.Token);
        var second = embedder.GenerateAsync(["second"], cancellationToken: late.Token);
        var third = embedder.GenerateAsync(["third"], cancellationToken: TestContext.Current.CancellationToken);
        await early.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _time.Advance(Linger);
        await arrived.Task;
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        Assert.Single(await third);
        Assert.Equal(["second", "third"], Assert.Single(_server.Calls).Inputs);
    }

    private static Task<GeneratedEmbeddings<Embedding<float>>>[] Start(Connectors.OpenAi.OpenAiEmbeddingGenerator embedder, int callers, Func<int, string[]> texts) =>
        [.. Enumerable.Range(0, callers).Select(caller => embedder.GenerateAsync(texts(caller), cancellationToken: TestContext.Current.CancellationToken))];
}
