using Recollect.Server.Api;

namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>demo</c>.</summary>
internal sealed record DemoJson(RunReportJson Backfill, IReadOnlyList<DemoAnswerJson> Answers);
