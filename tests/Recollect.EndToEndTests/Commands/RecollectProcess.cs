using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>The built program, running as a process of its own.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The outputs are read from the constructor on, so that the program never waits for a reader")]
internal sealed class RecollectProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(Workplace.IsFull ? 60 : 10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RecollectProcess(Process process, string input)
    {
        _process = process;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public int Id => _process.Id;

    /// <summary>Gets a value indicating whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Gets a value indicating whether it was killed.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>Gets how much memory it holds for itself, without what is mapped from files, in KiB.</summary>
    public long AnonymousKibibytes =>
        File.ReadLines($"/proc/{Id}/status").Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Select(line => long.Parse(line.AsSpan(8).Trim()[..^3], CultureInfo.InvariantCulture)).First();

    public static RecollectProcess Start(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(Program(), arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("RECOLLECT__", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, input);
    }

    /// <summary>Finds the program: the one that the tests were told of, or the one that was built with them. Beside these tests there is none of what they share with ASP.NET.</summary>
    public static string Program()
    {
        if (Environment.GetEnvironmentVariable("RECOLLECT_PROGRAM") is { Length: > 0 } told)
        {
            return told;
        }

        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "Recollect.Cli", own.Name, OperatingSystem.IsWindows() ? "Recollect.Cli.exe" : "Recollect.Cli");
    }

    /// <summary>Waits for the end.</summary>
    public async Task<ProcessResult> EndAsync()
    {
        if (!await EndsWithinAsync(Longest))
        {
            throw new TimeoutException("The program does not end.");
        }

        return new(_process.ExitCode, await _output, await _error);
    }

    /// <summary>Waits for the end, but not longer than this.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(time);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Waits until something is so; the program must not end before.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            if (await EndsWithinAsync(Glance))
            {
                Assert.Fail($"The program ended too early: {await _error}");
            }
        }
    }

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        var sent = await Starter.RunAsync("bash", Path.GetTempPath(), ["-c", "kill -s \"$0\" \"$1\"", signal, Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.Equal(0, sent.ExitCode);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does, and waits until it is gone.</summary>
    public Task<ProcessResult> KillAsync()
    {
        IsKilled = true;
        _process.Kill();
        return EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
