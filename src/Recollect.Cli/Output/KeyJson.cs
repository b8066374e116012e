namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>key new</c>.</summary>
internal sealed record KeyJson(string Key, AgentJson Agent);
