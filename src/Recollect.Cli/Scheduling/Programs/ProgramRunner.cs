using System.ComponentModel;
using System.Diagnostics;

namespace Recollect.Cli.Scheduling.Programs;

/// <summary>Runs programs as processes of their own.</summary>
internal sealed class ProgramRunner(TimeProvider time) : IProgramRunner
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        using var patience = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await TalkAsync(process, input, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SchedulingException($"{program} {string.Join(' ', arguments)} did not end within a minute and was stopped. Run it by hand to see why.");
        }
        finally
        {
            Stop(process);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C"; // what it says is read below
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception ex)
        {
            throw new SchedulingException($"{program} could not be started: {ex.Message}. Install it, or choose --systemd or --cron as this machine has it.");
        }
    }

    private static async Task<ProgramResult> TalkAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        var complaining = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException) // it ended without reading all; its exit code says why
        {
        }

        await reading;
        var error = await complaining;
        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, output.ToArray(), error.Trim());
    }

    private static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
