using System.Text.Json;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>A folder of one test, in which the program is run.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-e2e-");

    /// <summary>Gets a value indicating whether tests run in full size.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("RECOLLECT_FULL") is "1";

    /// <summary>Gets variables that the program finds in its environment.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the folder.</summary>
    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file of text.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
        return path;
    }

    /// <summary>Writes a file of bytes.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public void Append(string name, string line) => File.AppendAllText(PathOf(name), line + "\n");

    public RecollectProcess Start(params IReadOnlyList<string> arguments) => RecollectProcess.Start(Root, Variables, arguments);

    /// <summary>Runs the program to its end.</summary>
    public async Task<ProcessResult> RunAsync(params IReadOnlyList<string> arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync();
    }

    /// <summary>Runs the program to its end, with lines that somebody types.</summary>
    public async Task<ProcessResult> TypeAsync(IReadOnlyList<string> lines, params IReadOnlyList<string> arguments)
    {
        using var process = RecollectProcess.Start(Root, Variables, arguments, string.Concat(lines.Select(line => line + "\n")));
        return await process.EndAsync();
    }

    /// <summary>Runs a command that must succeed, and reads the JSON that it prints.</summary>
    public async Task<JsonElement> JsonAsync(params IReadOnlyList<string> arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Error}");
        return JsonOf(result);
    }

    /// <summary>Reads the last line of standard output.</summary>
    public static JsonElement JsonOf(ProcessResult result) =>
        JsonDocument.Parse(result.Output.TrimEnd('\n').Split('\n')[^1]).RootElement;

    /// <summary>Exports all memories and reads the file.</summary>
    public async Task<string[]> ExportAsync(string dataRoot = "data")
    {
        var result = await RunAsync("export", "export.jsonl", "--force", "--data-root", dataRoot);
        Assert.True(result.ExitCode == 0, result.Error);
        return await File.ReadAllLinesAsync(PathOf("export.jsonl"), TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
