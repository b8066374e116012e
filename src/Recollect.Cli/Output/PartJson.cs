namespace Recollect.Cli.Output;

/// <summary>What <c>doctor</c> found of one part.</summary>
internal sealed record PartJson(string Part, bool Healthy, string Finding, string? Advice);
