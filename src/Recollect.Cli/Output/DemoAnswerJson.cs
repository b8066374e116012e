using Recollect.Server.Api;

namespace Recollect.Cli.Output;

/// <summary>A question of the demo with what was recalled.</summary>
internal sealed record DemoAnswerJson(string User, string Question, IReadOnlyList<RecalledMemoryJson> Memories);
