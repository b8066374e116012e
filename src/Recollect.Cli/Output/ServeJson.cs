namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>serve</c>, printed once it listens.</summary>
internal sealed record ServeJson(IReadOnlyCollection<string> Urls);
