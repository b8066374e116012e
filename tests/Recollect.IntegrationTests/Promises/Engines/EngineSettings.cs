namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>How an engine under test works. The defaults never pause and never park.</summary>
internal sealed record EngineSettings
{
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    public int MinMessages { get; init; } = 1;

    public int Concurrency { get; init; } = 1;

    public int ParkAfterRuns { get; init; } = 100;

    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    public int ChunkCharacters { get; init; } = 200;

    public long? MaxTokensPerRun { get; init; }

    public bool KeepText { get; init; } = true;
}
