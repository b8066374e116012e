namespace Recollect.Cli.Output;

/// <summary>What a worker did.</summary>
internal sealed record WorkerJson(long Messages, long Made, long Failed);
