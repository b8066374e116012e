using System.Text;
using Recollect.Cli.Scheduling.Programs;

namespace Recollect.UnitTests.Scheduling;

/// <summary>Programs that answer as told, and a crontab that is kept.</summary>
internal sealed class ScriptedPrograms : IProgramRunner
{
    /// <summary>Gets the commands that were run.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>Gets what commands that begin so answer with; others end well and say nothing.</summary>
    public Dictionary<string, ProgramResult> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the crontab; null for none.</summary>
    public byte[]? Crontab { get; set; }

    public Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var command = string.Join(' ', arguments.Prepend(program));
        Commands.Add(command);
        if (Answers.FirstOrDefault(answer => command.StartsWith(answer.Key, StringComparison.Ordinal)).Value is { } answer)
        {
            return Task.FromResult(answer);
        }

        switch (command)
        {
            case "crontab -l" when Crontab is null:
                return Task.FromResult(new ProgramResult(1, [], "no crontab for dana"));
            case "crontab -l":
                return Task.FromResult(new ProgramResult(0, Crontab, ""));
            case "crontab -":
                Crontab = input.ToArray();
                break;
            case "crontab -r":
                Crontab = null;
                break;
        }

        return Task.FromResult(new ProgramResult(0, Encoding.UTF8.GetBytes(command.StartsWith("stat ", StringComparison.Ordinal) ? "root 0\n" : ""), ""));
    }
}
