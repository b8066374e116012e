namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>init</c>.</summary>
internal sealed record InitJson(string File);
