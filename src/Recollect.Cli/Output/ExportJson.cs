namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>export</c>.</summary>
internal sealed record ExportJson(long Exported, string File);
