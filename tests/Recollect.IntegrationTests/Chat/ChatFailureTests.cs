using System.Diagnostics.Metrics;
using System.Runtime.Versioning;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Chat;
using Recollect.Connectors;
using Recollect.Conversations;
using Recollect.Telemetry;
using Xunit;

namespace Recollect.IntegrationTests.Chat;

public sealed class ChatFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_memory_that_fails_or_hangs_never_breaks_the_chat()
    {
        var embedder = new FailingEmbedder();
        await using var place = new ChatPlace(configure: options => options.Services = services =>
        {
            services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>("own", embedder);
            services.Configure<Recollect.Memorize.Embedding.EmbeddingOptions>(embedding => embedding.Use = "own");
        });
        using var inner = new StandInClient();
        using var client = inner.UseRecollect(place.Memory);
        using var counted = new FailureCount(TelemetryNames.ReasonRecall);

        Assert.Equal("Noted.", (await client.GetResponseAsync("hello there", ChatPlace.Of("dana"), Token)).Text);
        embedder.Hangs = true;
        var slow = await place.Time.DriveAsync(() => client.GetResponseAsync("hello again", ChatPlace.Of("dana"), Token));

        Assert.Equal("Noted.", slow.Text);
        Assert.True(counted.Value >= 2);
        Assert.Equal(4, place.Kept().Length);
        Assert.Equal(0, embedder.Waiting);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task An_answer_is_given_even_where_it_cannot_be_kept()
    {
        await using var place = new ChatPlace();
        Directory.CreateDirectory(place.Root);
        await File.WriteAllTextAsync(Path.Combine(place.Root, "chats"), "no folder", Token);
        using var inner = new StandInClient();
        using var client = inner.UseRecollect(place.Memory, options => options.Top = 0);
        using var counted = new FailureCount(TelemetryNames.ReasonRemember);

        var answer = await place.Time.DriveAsync(() => client.GetResponseAsync("hello", ChatPlace.Of("dana"), Token));

        Assert.Equal("Noted.", answer.Text);
        Assert.True(counted.Value >= 1);
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_off_harms_no_other()
    {
        await using var place = new ChatPlace();
        using var inner = new StandInClient();
        using var client = inner.UseRecollect(place.Memory);
        await client.GetResponseAsync("The boat is called Petrel.", ChatPlace.Of("dana"), Token);
        var file = Assert.Single(Directory.GetFiles(place.Root, "*.jsonl", SearchOption.AllDirectories));
        await File.AppendAllTextAsync(file, """{"id":"0123""", Token);

        await client.GetResponseAsync("The boat is blue.", ChatPlace.Of("dana"), Token);

        await place.EndAsync();
        var found = Assert.Single(await place.Memory.RecallAsync(new() { Owner = new() { User = "dana" }, Text = "boat Petrel blue" }, Token));
        Assert.Equal(4, found.Memory.MessageIds.Count);
    }

    [Fact]
    public async Task Forgetting_a_user_takes_what_is_kept_and_the_next_run_brings_nothing_back()
    {
        await using var place = new ChatPlace();
        using var inner = new StandInClient();
        using var client = inner.UseRecollect(place.Memory);
        await client.GetResponseAsync("The boat is called Petrel.", ChatPlace.Of("dana"), Token);
        await client.GetResponseAsync("The boat is called Gull.", ChatPlace.Of("omar"), Token);
        await place.EndAsync();

        var receipt = await place.Recollect.Eraser.ForgetAsync("default", "dana", Token);
        await client.GetResponseAsync([new(ChatRole.User, "The boat is called Petrel."), new(ChatRole.Assistant, "Noted."), new(ChatRole.User, "Good morning.")], ChatPlace.Of("dana"), Token);
        await place.EndAsync();

        Assert.Equal(1, receipt.Memories);
        Assert.DoesNotContain(place.Kept(), text => text.Contains("Petrel", StringComparison.Ordinal));
        Assert.Empty(await place.Memory.RecallAsync(new() { Owner = new() { User = "dana" }, Text = "Petrel" }, Token));
        Assert.Single(await place.Memory.RecallAsync(new() { Owner = new() { User = "omar" }, Text = "Gull" }, Token));
    }

    [Fact]
    public async Task Two_programs_over_one_root_lose_nothing()
    {
        await using var place = new ChatPlace();
        await using var one = EmbeddedRecollect.Create(options => options.Root = place.Root);
        await using var other = EmbeddedRecollect.Create(options => options.Root = place.Root);
        using var inner = new StandInClient();
        await Task.WhenAll(SayAsync(one.Chats, "one"), SayAsync(other.Chats, "other"));

        Assert.Equal(40, place.Kept().Length);
        Assert.Equal(20, place.Kept().Distinct(StringComparer.Ordinal).Count() - 1);

        async Task SayAsync(ChatMemory memory, string who)
        {
            await Task.Yield();
            using var client = inner.UseRecollect(memory, options => options.Top = 0);
            for (var i = 0; i < 10; i++)
            {
                await client.GetResponseAsync($"{who} {i}", ChatPlace.Of("dana"), Token);
            }
        }
    }

    [Fact]
    public async Task A_run_before_the_first_chat_reads_nothing_and_fails_nothing()
    {
        await using var place = new ChatPlace();

        var report = await place.Memory.MemorizeAsync(cancellationToken: Token);

        Assert.Equal((0, 0), (report.Read, report.Failed.Count));
    }

    /// <summary>Counts failures of memory, those of tests beside this one included.</summary>
    private sealed class FailureCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _value;

        public FailureCount(string reason)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is TelemetryNames.MetricChatFailures)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                if (tags.Length == 1 && reason.Equals(tags[0].Value))
                {
                    Interlocked.Add(ref _value, value);
                }
            });
            _listener.Start();
        }

        public long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }

    private sealed class FailingEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        private int _waiting;

        public bool Hangs { get; set; }

        public int Waiting => _waiting;

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (!Hangs)
            {
                throw new HttpRequestException("no route");
            }

            Interlocked.Increment(ref _waiting);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }

            return [];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("own", defaultModelId: "own", defaultModelDimensions: 8) : null;

        public void Dispose()
        {
        }
    }
}
