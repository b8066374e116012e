using System.Text;
using Recollect.Cli.Scheduling.Programs;

namespace Recollect.Cli.Scheduling.Cron;

/// <summary>The crontab of the user who runs the program, through the <c>crontab</c> command. A character stands for a byte.</summary>
internal sealed class Crontab(IProgramRunner programs)
{
    private const string Program = "crontab";

    /// <summary>Reads it; null when there is none.</summary>
    /// <exception cref="SchedulingException">It cannot be read.</exception>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var result = await programs.RunAsync(Program, ["-l"], default, cancellationToken);
        return result switch
        {
            { ExitCode: 0 } => Encoding.Latin1.GetString(result.Output),
            _ when result.Error.Contains("no crontab for", StringComparison.OrdinalIgnoreCase) => null,
            _ => throw Refused("-l", result),
        };
    }

    /// <summary>Replaces it; null: removes it.</summary>
    /// <exception cref="SchedulingException">It was refused, or reads back differently.</exception>
    public async Task WriteAsync(string? text, CancellationToken cancellationToken)
    {
        var argument = text is null ? "-r" : "-";
        var result = await programs.RunAsync(Program, [argument], Encoding.Latin1.GetBytes(text ?? string.Empty), cancellationToken);
        if (result.ExitCode != 0)
        {
            throw Refused(argument, result);
        }

        if (!string.Equals(await ReadAsync(cancellationToken), text, StringComparison.Ordinal))
        {
            throw new SchedulingException("The crontab does not read back as it was written; perhaps another program changed it at the same time. Look at it with \"crontab -l\", then run again.");
        }
    }

    private static SchedulingException Refused(string argument, ProgramResult result)
    {
        var said = result.Error.ReplaceLineEndings(" ");
        return new($"\"crontab {argument}\" refused with exit code {result.ExitCode}{(said.Length > 0 ? $": {said.TrimEnd('.')}" : string.Empty)}. The crontab is as it was.");
    }
}
