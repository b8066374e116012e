using Recollect.Conformance;
using Xunit;

namespace Recollect.EndToEndTests.Wrapper;

/// <summary>Builds with the SDK: the repository as it stands, and in a full run a copy of it that changes.</summary>
public sealed class RealBuildTests : IDisposable
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("RECOLLECT_FULL") is "1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect copy ");

    [Fact]
    public async Task The_program_is_built_once_and_again_after_a_change()
    {
        var root = IsFull ? Copy() : Repository.Root;

        var first = await StartAsync(root);
        var published = Published(root);
        var second = await StartAsync(root);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Empty(second.Error);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(root, "artifacts/recollect", published.Folder), "start*"));
        Assert.Equal(published, Published(root));
        if (IsFull)
        {
            await File.AppendAllTextAsync(Path.Combine(root, "src/Recollect.Cli/Program.cs"), "// changed\n", TestContext.Current.CancellationToken);
            await StartAsync(root);
            var again = Published(root);
            Assert.NotEqual(published.Folder, again.Folder, StringComparer.Ordinal);
            Assert.True(published.WrittenAt < again.WrittenAt);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<ProcessResult> StartAsync(string root) =>
        Starter.RunAsync(Path.Combine(root, "recollect"), Path.GetTempPath(), ["--help"]);

    private static (string Folder, DateTime WrittenAt) Published(string root)
    {
        var state = Path.Combine(root, "artifacts/recollect");
        var folder = File.ReadLines(Path.Combine(state, "stamp")).First();
        return (folder, File.GetLastWriteTimeUtc(Path.Combine(state, folder, "Recollect.Cli.dll")));
    }

    private string Copy()
    {
        foreach (var path in Repository.Files())
        {
            var target = Path.Combine(_folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, path), target);
        }

        return _folder.FullName;
    }
}
