using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text.Json;
using System.Xml.Linq;
using Recollect.Conformance;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Packages;

/// <summary>What <c>dotnet pack</c> gives.</summary>
public sealed class PackageTests(PackedFolder packed) : IClassFixture<PackedFolder>
{
    private const string Version = "0.1.0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void There_is_one_for_the_library_the_connectors_and_the_command_with_symbols_and_without_a_warning()
    {
        string[] ids = ["Recollect", "Recollect.Cli", "Recollect.Connectors"];

        Assert.Equal(ids.SelectMany(id => new[] { $"{id}.{Version}.nupkg", $"{id}.{Version}.snupkg" }).Order(StringComparer.Ordinal), packed.Names, StringComparer.Ordinal);
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Recollect", "Microsoft.Extensions.AI.Abstractions", "lib/net10.0/Recollect.dll", "lib/net10.0/Recollect.xml")]
    [InlineData("Recollect.Connectors", "Recollect", "lib/net10.0/Recollect.Connectors.dll", "lib/net10.0/Recollect.Connectors.xml")]
    [InlineData("Recollect.Cli", null, "tools/net10.0/any/Recollect.Cli.dll", "tools/net10.0/any/samples/chats/home.jsonl")]
    public async Task It_says_what_it_is_and_what_it_needs(string id, string? needs, params string[] files)
    {
        using var package = await packed.OpenAsync($"{id}.{Version}.nupkg");
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        var about = XDocument.Parse(await TextAsync(package, $"{id}.nuspec"));
        var values = about.Descendants().Where(element => !element.HasElements).ToLookup(element => element.Name.LocalName, element => element.Value, StringComparer.Ordinal);

        Assert.All(files, file => Assert.Contains(file, names, StringComparer.Ordinal));
        Assert.StartsWith("# Recollect\n", await TextAsync(package, "README.md"), StringComparison.Ordinal);
        Assert.Equal(("MIT", "README.md", "The Recollect authors"), (values["license"].Single(), values["readme"].Single(), values["authors"].Single()));
        Assert.True(values["description"].Single().Length > 20);
        var dependencies = about.Descendants().Where(element => element.Name.LocalName is "dependency").Select(element => (string)element.Attribute("id")!).ToArray();
        Assert.Equal(needs is not null, dependencies.Length > 0);
        Assert.Contains(needs ?? string.Empty, needs is null ? [string.Empty] : dependencies, StringComparer.Ordinal);
        Assert.DoesNotContain(dependencies, name => name.Contains("Analyzer", StringComparison.Ordinal));
        Assert.DoesNotContain("repository", about.Descendants().Select(element => element.Name.LocalName), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Symbols_hold_the_sources_and_name_no_place_of_the_machine()
    {
        using var package = await packed.OpenAsync($"Recollect.{Version}.snupkg");
        await using var pdb = new MemoryStream();
        await using (var file = await package.GetEntry("lib/net10.0/Recollect.pdb")!.OpenAsync(Token))
        {
            await file.CopyToAsync(pdb, Token);
        }

        pdb.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(pdb);
        var reader = provider.GetMetadataReader();
        var places = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToArray();
        Assert.Contains("/_/src/Recollect/MemoryPipeline.cs", places, StringComparer.Ordinal);
        Assert.All(places, place => Assert.StartsWith("/_/", place, StringComparison.Ordinal));
        using var library = await packed.OpenAsync($"Recollect.{Version}.nupkg");
        await using var bytes = new MemoryStream();
        await using (var file = await library.GetEntry("lib/net10.0/Recollect.dll")!.OpenAsync(Token))
        {
            await file.CopyToAsync(bytes, Token);
        }

        Assert.DoesNotContain(Repository.Root, System.Text.Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_is_installed_from_its_file_alone_and_recalls()
    {
        var place = packed.Elsewhere;
        var config = Path.Combine(place, "NuGet.config");
        await File.WriteAllTextAsync(config, $"""<configuration><packageSources><clear /><add key="packed" value="{packed.Packages}" /></packageSources></configuration>""", Token);
        var installed = await packed.DotnetAsync(place, "tool", "install", "Recollect.Cli", "--tool-path", Path.Combine(place, "tools"), "--configfile", config, "--version", Version);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);
        var program = Path.Combine(place, "tools", "recollect");

        Assert.Equal(Version, (await RunAsync("--version")).Output.Trim());
        Assert.Contains("memory-cron", (await RunAsync("init", "--recipe", "memory-cron")).Output + await File.ReadAllTextAsync(Path.Combine(place, "recollect.json"), Token), StringComparison.Ordinal);
        File.Delete(Path.Combine(place, "recollect.json"));
        var demo = JsonDocument.Parse((await RunAsync("demo", "--json")).Output.TrimEnd('\n').Split('\n')[^1]).RootElement;
        Assert.Equal(60, demo.GetProperty("backfill").GetProperty("created").GetInt32());
        Assert.Equal(3, demo.GetProperty("answers").GetArrayLength());

        async Task<ProcessResult> RunAsync(params IReadOnlyList<string> arguments)
        {
            var result = await Starter.RunAsync(program, place, arguments);
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
            return result;
        }
    }

    private static async Task<string> TextAsync(ZipArchive package, string name)
    {
        using var reader = new StreamReader(await package.GetEntry(name)!.OpenAsync(Token));
        return await reader.ReadToEndAsync(Token);
    }
}
