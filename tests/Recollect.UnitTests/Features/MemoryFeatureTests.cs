using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Bots;
using Recollect.Cli.Features;
using Recollect.Cli.Settings;
using Recollect.Sessions;
using Xunit;

namespace Recollect.UnitTests.Features;

public sealed class MemoryFeatureTests : IDisposable
{
    private const string Godfather = "972501234567@c.us";
    private const string Somebody = "972509999999@c.us";
    private const string Targeting = """{"Name":"Microsoft.Targeting","Parameters":{"Audience":AUDIENCE}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-");
    private readonly List<IDisposable> _features = [];
    private DateTime _written = new(2026, 3, 6, 12, 0, 0, DateTimeKind.Utc);

    private string File => Path.Combine(_folder.FullName, "recollect.json");

    public void Dispose()
    {
        _features.ForEach(feature => feature.Dispose());
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("{}", false, false)]
    [InlineData("{}", true, true)]
    [InlineData("""{"enable_memory_system":false}""", true, false)]
    [InlineData("""{"enable_memory_system":true}""", false, true)]
    [InlineData("""{"enable_memory_system":"True"}""", false, true)]
    public async Task The_flag_says_whether_memory_is_on(string flags, bool isOnUnlessSet, bool expected)
    {
        var feature = Feature(flags, isOnUnlessSet);

        await feature.CheckAsync();

        Assert.Equal(expected, await IsOnAsync(feature, Somebody));
        Assert.Equal(expected, await feature.IsAnybodyOnAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"Groups":[{"Name":"godfather","RolloutPercentage":100}],"DefaultRolloutPercentage":0}""", true, false)]
    [InlineData("""{"Groups":[{"Name":"environment:test","RolloutPercentage":100}],"DefaultRolloutPercentage":0}""", true, true)]
    [InlineData("""{"Groups":[{"Name":"environment:production","RolloutPercentage":100}],"DefaultRolloutPercentage":0}""", false, false)]
    [InlineData("""{"Users":["972509999999"],"DefaultRolloutPercentage":0}""", false, true)]
    [InlineData("""{"DefaultRolloutPercentage":100}""", true, true)]
    [InlineData("""{"DefaultRolloutPercentage":0}""", false, false)]
    public async Task The_audience_says_for_whom(string audience, bool godfather, bool somebody)
    {
        var feature = Feature(Audience(Targeting.Replace("AUDIENCE", audience, StringComparison.Ordinal)));

        await feature.CheckAsync();

        Assert.Equal((godfather, somebody), (await IsOnAsync(feature, Godfather), await IsOnAsync(feature, Somebody)));
    }

    [Fact]
    public async Task A_share_is_about_that_share_of_people_and_always_the_same()
    {
        var feature = Feature(Audience(Targeting.Replace("AUDIENCE", """{"DefaultRolloutPercentage":25}""", StringComparison.Ordinal)));
        var people = Enumerable.Range(0, 2_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"9725{i:D8}@c.us")).ToArray();
        var first = new List<bool>();
        foreach (var person in people)
        {
            first.Add(await IsOnAsync(feature, person));
            Assert.Equal(first[^1], await IsOnAsync(feature, person));
        }

        Assert.InRange(first.Count(isOn => isOn), 400, 600);
    }

    [Fact]
    public async Task The_first_people_stay_in_whoever_comes_later_and_after_a_restart()
    {
        const string ten = """{"Name":"FirstPeople","Parameters":{"Count":10}}""";
        var feature = Feature(Audience(ten));
        await feature.CheckAsync();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(i < 10, await IsOnAsync(feature, $"{1000 + i}@c.us"));
        }

        var restarted = Feature(Audience(ten));
        for (var i = 29; i >= 0; i--)
        {
            Assert.Equal(i < 10, await IsOnAsync(restarted, $"{1000 + i}@c.us"));
        }

        var more = Feature(Audience(ten.Replace("10", "12", StringComparison.Ordinal)));
        Assert.Equal((true, true, true, false), (await IsOnAsync(more, "1005@c.us"), await IsOnAsync(more, "1020@c.us"), await IsOnAsync(more, "1021@c.us"), await IsOnAsync(more, "1022@c.us")));
        Assert.DoesNotContain("1005", await System.IO.File.ReadAllTextAsync(Path.Combine(_folder.FullName, "first-people.txt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_forgotten_leaves_no_trace_and_makes_room()
    {
        var people = new FirstPeople(Options.Create(new DataOptions { Root = _folder.FullName }));
        Assert.True(people.Admit(FeaturePerson.IdOf(Godfather), 1));

        Assert.Equal((0, 1, 0), (people.Forget("other", Godfather), people.Forget("default", Godfather), people.Forget("default", Godfather)));

        Assert.Empty(await System.IO.File.ReadAllTextAsync(Path.Combine(_folder.FullName, "first-people.txt"), TestContext.Current.CancellationToken));
        Assert.True(people.Admit(FeaturePerson.IdOf(Somebody), 1));
    }

    [Fact]
    public async Task Half_a_line_of_a_killed_process_names_nobody()
    {
        var path = Path.Combine(_folder.FullName, "first-people.txt");
        var feature = Feature(Audience("""{"Name":"FirstPeople","Parameters":{"Count":2}}"""));
        Assert.True(await IsOnAsync(feature, "1@c.us"));
        await System.IO.File.AppendAllTextAsync(path, "\n0123", TestContext.Current.CancellationToken);

        var restarted = Feature(Audience("""{"Name":"FirstPeople","Parameters":{"Count":2}}"""));

        Assert.Equal((true, true, false), (await IsOnAsync(restarted, "1@c.us"), await IsOnAsync(restarted, "2@c.us"), await IsOnAsync(restarted, "3@c.us")));
    }

    [Fact]
    public async Task Any_of_several_filters_lets_in()
    {
        var feature = Feature(Audience(Targeting.Replace("AUDIENCE", """{"Users":["972501234567"],"DefaultRolloutPercentage":0}""", StringComparison.Ordinal) + """,{"Name":"FirstPeople","Parameters":{"Count":1}}"""));

        Assert.Equal((true, true, false), (await IsOnAsync(feature, Godfather), await IsOnAsync(feature, Somebody), await IsOnAsync(feature, "3@c.us")));
    }

    [Fact]
    public async Task Switching_needs_no_restart_and_a_file_that_is_being_written_changes_nothing()
    {
        var feature = Feature("""{"enable_memory_system":false}""");
        Assert.False(await IsOnAsync(feature, Somebody));

        Write("""{"FeatureManagement":{"enable_memory_system":true}}""");
        Assert.True(await IsOnAsync(feature, Somebody));

        Write("""{"FeatureManagement":{"enable_mem""");
        Assert.True(await IsOnAsync(feature, Somebody));

        Write("""{"FeatureManagement":{"enable_memory_system":false}}""");
        Assert.False(await IsOnAsync(feature, Somebody));
        Assert.False(await feature.IsAnybodyOnAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"enable_memory_system":"perhaps"}""")]
    [InlineData("""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{"Name":"FirstPeople"}]}}""")]
    [InlineData("""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{"Name":"FirstPeople","Parameters":{"Count":0}}]}}""")]
    [InlineData("""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{"Name":"FirstPeople","Parameters":{"Count":"many"}}]}}""")]
    [InlineData("""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{"Name":"Nobody"}]}}""")]
    [InlineData("""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{"Name":"Microsoft.Targeting","Parameters":{"Audience":{"DefaultRolloutPercentage":101}}}]}}""")]
    [InlineData("""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{"Name":"Microsoft.Targeting"}]}}""")]
    public async Task Flags_that_cannot_be_understood_are_refused_at_the_start(string flags)
    {
        var feature = Feature(flags);

        var wrong = await Assert.ThrowsAsync<ConfigurationException>(feature.CheckAsync);

        Assert.Contains("FeatureManagement:", wrong.Message, StringComparison.Ordinal);
    }

    private static string Audience(string filters) => $$"""{"enable_memory_system":true,"memory_audience":{"EnabledFor":[{{filters}}] } }""";

    private static async Task<bool> IsOnAsync(MemoryFeature feature, string person) => await feature.IsOnAsync(person, CancellationToken.None);

    private void Write(string text)
    {
        System.IO.File.WriteAllText(File, text);
        System.IO.File.SetLastWriteTimeUtc(File, _written = _written.AddSeconds(1));
    }

    private MemoryFeature Feature(string flags, bool isOnUnlessSet = false)
    {
        Write($$"""{ "FeatureManagement": {{flags}} }""");
        var roles = new RoleResolver(Options.Create(new SessionOptions { Godfather = "+972 50-1234567" }));
        var settings = new LiveSettings(MemoryFeature.SectionName, File, () => SettingsLoader.Load(File, []), NullLogger.Instance);
        var feature = new MemoryFeature(
            settings, isOnUnlessSet, roles, new(Options.Create(new DataOptions { Root = _folder.FullName })), Options.Create(new BotOptions { Environment = "test" }), NullLoggerFactory.Instance);
        _features.Add(feature);
        return feature;
    }
}
