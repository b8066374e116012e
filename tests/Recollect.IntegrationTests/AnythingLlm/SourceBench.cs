using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Conformance.Ingest.Sources;
using Recollect.Connectors.AnythingLlm;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>A source over a stand-in of the server, and a clock that stands still: without pauses there is nothing to wait for.</summary>
internal sealed class SourceBench : IAsyncDisposable
{
    public const string SourceName = "chats";

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly List<AnythingLlmSource> _sources = [];

    private SourceBench(AnythingLlmStub stub) => Stub = stub;

    public AnythingLlmStub Stub { get; }

    public ManualTime Time { get; } = new(new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public RecordingObserver Observer { get; private set; } = new();

    public static async Task<SourceBench> StartAsync() => new(await AnythingLlmStub.StartAsync());

    /// <summary>Makes a source.</summary>
    public AnythingLlmSource Source(Action<AnythingLlmOptions>? change = null)
    {
        var options = new AnythingLlmOptions { Url = Stub.Url, ApiKey = AnythingLlmStub.Key, Delay = TimeSpan.Zero };
        change?.Invoke(options);
        var source = new AnythingLlmSource(
            Options.Create(options),
            Options.Create(new SourceOptions { Use = AnythingLlmSource.SourceName, Name = SourceName }),
            Options.Create(new SegmentationOptions { Window = Window }),
            Time,
            NullLogger<AnythingLlmSource>.Instance);
        _sources.Add(source);
        return source;
    }

    /// <summary>Reads to the end.</summary>
    public async Task<List<SourceMessage>> ReadAsync(ReadRequest? request = null, Action<AnythingLlmOptions>? change = null)
    {
        Observer = new();
        return await Source(change).ReadAsync(request ?? ReadRequest.Everything, Observer, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads, and gets the failure that this ends in.</summary>
    public Task<SourceException> FailAsync(ReadRequest? request = null, Action<AnythingLlmOptions>? change = null) =>
        Assert.ThrowsAsync<SourceException>(() => ReadAsync(request, change));

    public async ValueTask DisposeAsync()
    {
        _sources.ForEach(source => source.Dispose());
        await Stub.DisposeAsync();
    }
}
