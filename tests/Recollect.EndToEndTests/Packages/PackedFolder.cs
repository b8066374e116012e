using System.IO.Compression;
using Recollect.Conformance;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Packages;

/// <summary>The packages, packed once from what was built, in a folder that is the only source of packages here.</summary>
public sealed class PackedFolder : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-packages-");

    /// <summary>Gets the folder of the packages.</summary>
    public string Packages => Path.Combine(_folder.FullName, "packages");

    /// <summary>Gets a folder that is empty at first.</summary>
    public string Elsewhere => Directory.CreateDirectory(Path.Combine(_folder.FullName, "elsewhere")).FullName;

    /// <summary>Gets what packing printed.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <summary>Gets the names of the files, in order.</summary>
    public IReadOnlyList<string> Names => [.. Directory.GetFiles(Packages).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name is "release" ? "Release" : "Debug";
        var packed = await DotnetAsync(Repository.Root, "pack", "Recollect.slnx", "-c", configuration, "--no-build", "-o", Packages, "-v", "quiet", "--nologo", "-nodeReuse:false");
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        Output = packed.Output;
    }

    /// <summary>Opens a package.</summary>
    public async Task<ZipArchive> OpenAsync(string name)
    {
        var copy = new MemoryStream(await File.ReadAllBytesAsync(Path.Combine(Packages, name), TestContext.Current.CancellationToken));
        return new(copy, ZipArchiveMode.Read);
    }

    /// <summary>Runs the SDK with a home and a package cache of this folder alone.</summary>
    internal Task<ProcessResult> DotnetAsync(string workingFolder, params IReadOnlyList<string> arguments) =>
        Starter.RunAsync(Environment.ProcessPath is { } own && Path.GetFileName(own) is "dotnet" ? own : "dotnet", workingFolder, arguments, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_HOME"] = _folder.FullName,
            ["MSBUILDDISABLENODEREUSE"] = "1",
        });

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
