namespace Recollect.Cli.Output;

/// <summary>What <c>sessions list --json</c> prints.</summary>
internal sealed record SessionListJson(IReadOnlyList<SessionJson> Sessions);
