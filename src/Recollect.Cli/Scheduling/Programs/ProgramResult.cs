namespace Recollect.Cli.Scheduling.Programs;

/// <summary>What a program gave.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, byte for byte.</param>
/// <param name="Error">Its standard error as text.</param>
internal sealed record ProgramResult(int ExitCode, byte[] Output, string Error);
