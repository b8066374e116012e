namespace Recollect.Server.Api;

/// <summary>The last runs, newest first.</summary>
internal sealed record RunsJson(IReadOnlyList<RunJson> Runs);
