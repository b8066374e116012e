using System.Diagnostics;
using Recollect.EndToEndTests.Commands;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Samples;

/// <summary>The samples as they were built, run offline.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public async Task The_console_chat_recalls_in_a_later_chat_and_for_nobody_else()
    {
        var first = await RunAsync("Recollect.Samples.ConsoleChat", "My cat is called Biscuit.\nShe sleeps on the piano.\n", "dana", "data");
        var second = await RunAsync("Recollect.Samples.ConsoleChat", "What is my cat called?\n", "dana", "data");
        var other = await RunAsync("Recollect.Samples.ConsoleChat", "What is my cat called?\n", "omar", "data");

        Assert.Equal("I will remember that.\nI will remember that.\n1 conversations memorised, 0 memorised again.\n", first.Output);
        Assert.StartsWith("Earlier you said:\n  - user, ", second.Output, StringComparison.Ordinal);
        Assert.Contains("Biscuit", second.Output, StringComparison.Ordinal);
        Assert.StartsWith("I will remember that.\n", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_embedded_service_memorises_files_and_recalls_from_them()
    {
        var first = await RunAsync("Recollect.Samples.Embedded", "", "--Root", "data");
        var again = await RunAsync("Recollect.Samples.Embedded", "", "--Root", "data", "--User", "omar", "--Question", "Which hotel in Lisbon?");

        Assert.Contains("60 conversations memorised, 0 memorised again, 0 unchanged", first.Output, StringComparison.Ordinal);
        Assert.Contains("14 Tannery Lane", first.Output, StringComparison.Ordinal);
        Assert.Contains("0 conversations memorised, 0 memorised again, 60 unchanged", again.Output, StringComparison.Ordinal);
        Assert.Matches("Recalled from .*(hotel|Lisbon)", again.Output);
    }

    public void Dispose() => _place.Dispose();

    private async Task<ProcessResult> RunAsync(string sample, string input, params IReadOnlyList<string> arguments)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo(Path.Combine(own.Parent!.Parent!.FullName, sample, own.Name, sample), arguments)
        {
            WorkingDirectory = _place.Root,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OPENAI_API_KEY");
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return new(process.ExitCode, await output, await error);
    }
}
