using Microsoft.Extensions.Configuration;
using Recollect.Cli.Settings;
using Xunit;

namespace Recollect.UnitTests.Settings;

public sealed class SettingsLayersTests
{
    private const string Paths = "Sources:Files:Paths";

    private static readonly KeyValuePair<string, string?>[] File =
    [
        new($"{Paths}:0", "a.jsonl"), new($"{Paths}:1", "b.jsonl"), new("Sources:Files:WhatsAppAssistant:0", "Bot"), new("Data:Root", "from-file"), new("Runs:Attempts", "5"),
    ];

    [Fact]
    public void A_list_of_an_option_replaces_the_list_of_the_file()
    {
        var settings = SettingsLayers.Merge(File, [], [new($"{Paths}:0", "c.jsonl")]);

        Assert.Equal(["c.jsonl"], List(settings));
    }

    [Fact]
    public void A_list_of_the_environment_replaces_the_list_of_the_file_however_it_is_spelt()
    {
        var settings = SettingsLayers.Merge(File, [new("SOURCES:files:PATHS:0", "c.jsonl")], []);

        Assert.Equal(["c.jsonl"], List(settings));
    }

    [Fact]
    public void What_is_no_list_is_laid_over_key_by_key()
    {
        var settings = SettingsLayers.Merge(File, [new("Data:Root", "from-environment"), new($"{Paths}:0", "c.jsonl")], [new("Data:Root", null)]);

        Assert.Equal(("from-environment", "5", "Bot"), (settings["Data:Root"], settings["Runs:Attempts"], settings["Sources:Files:WhatsAppAssistant:0"]));
    }

    private static List<string?> List(IConfiguration settings) => [.. settings.GetSection(Paths).GetChildren().Select(one => one.Value)];
}
