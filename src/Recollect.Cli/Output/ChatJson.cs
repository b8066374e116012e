namespace Recollect.Cli.Output;

/// <summary>What <c>chat --json</c> prints in the end.</summary>
internal sealed record ChatJson(int Answered, int Failed);
