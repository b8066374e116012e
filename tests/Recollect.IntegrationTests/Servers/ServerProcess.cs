using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A server that was started for tests and is stopped after them.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Gets its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a server and waits until it says what shows that it is ready.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="take">Is given each line of standard error; true: the server is ready.</param>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static async Task<ServerProcess> StartAsync(string file, IEnumerable<string> arguments, Func<string, bool> take)
    {
        var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = new StringBuilder();
        _ = process.StandardOutput.ReadToEndAsync(); // so that it never waits for a reader
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (take(line))
            {
                _ = process.StandardError.ReadToEndAsync();
                return new(process);
            }
        }

        throw new InvalidOperationException($"{file} ended: {said}");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(string file, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} failed: {errors}");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => StopAsync("INT");

    /// <summary>Sends it a signal, and waits until it has ended.</summary>
    /// <param name="signal">The signal's name, such as <c>KILL</c>.</param>
    public async ValueTask StopAsync(string signal)
    {
        if (!_process.HasExited)
        {
            await RunAsync("kill", $"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture));
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
