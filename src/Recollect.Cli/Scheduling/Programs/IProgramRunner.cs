namespace Recollect.Cli.Scheduling.Programs;

/// <summary>Runs the system's own programs.</summary>
internal interface IProgramRunner
{
    /// <summary>Runs a program to its end, without a shell.</summary>
    /// <param name="program">Its name, looked up on the path.</param>
    /// <param name="arguments">Each reaches the program as it is.</param>
    /// <param name="input">What it reads from standard input; empty for nothing.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="SchedulingException">It is not there, or does not end.</exception>
    Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken);
}
