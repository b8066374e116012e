namespace Recollect.Cli.Output;

/// <summary>What <c>bot --json</c> prints in the end.</summary>
internal sealed record BotJson(int Answered, int Failed, int Ignored);
