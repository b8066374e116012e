using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary><c>recollect chat</c>, over what is embedded and a scripted model.</summary>
public sealed class ChatTests : IAsyncLifetime
{
    private readonly Workplace _place = new();
    private ChatServer _model = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await ChatServer.StartAsync();
        _model.Script(call => ChatAnswer.Says($"You said: {call.User} \u001b[31m\u202e"));
        _place.Variables["RECOLLECT__Generation__OpenAi__Endpoint"] = _model.Url;
        _place.Variables["RECOLLECT__Generation__OpenAi__ApiKey"] = "sk-test";
        _place.Variables["RECOLLECT__Generation__OpenAi__Model"] = "scripted";
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task What_was_said_is_remembered_by_later_conversations_of_the_same_person_alone()
    {
        var first = await TypeAsync("dana", "/memory", "The spare key hangs behind the blue teapot in the kitchen.", "", "/reset", "/memory");
        var second = await TypeAsync("dana", "Where does the spare key hang?", "/memory spare key");
        var other = await TypeAsync("omar", "Where does the spare key hang?", "/memory spare key");

        Assert.Contains("Nothing is remembered yet", first.Output, StringComparison.Ordinal);
        Assert.Contains("You said: The spare key hangs behind the blue teapot in the kitchen. \uFFFD[31m\uFFFD\n", first.Output, StringComparison.Ordinal);
        Assert.Contains("Your conversation was saved. A fresh one begins.", first.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  \d+ \w+ \d+ \d\d:\d\d  .*teapot", first.Output);
        Assert.Matches(@"\n  recalled \(0\.\d\d\): .*teapot", second.Output);
        Assert.Contains("1. ", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("teapot", other.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing that is remembered fits.", other.Output, StringComparison.Ordinal);
        Assert.Contains("teapot", _model.Calls.ElementAt(1).System, StringComparison.Ordinal);
        Assert.DoesNotContain("teapot", _model.Calls.ElementAt(2).System, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_goes_on_where_it_was_left_and_forgetting_takes_everything()
    {
        await TypeAsync("dana", "The word is albatross.");
        await TypeAsync("dana", "And now?");
        Assert.Equal(4, _model.Calls.Last().Body.GetProperty("messages").GetArrayLength() - 0);

        var kept = await TypeAsync("dana", "/forget", "no", "/reset");
        var gone = await TypeAsync("dana", "/forget", "yes", "/memory", "Hello again");

        Assert.Contains("Nothing was removed.", kept.Output, StringComparison.Ordinal);
        Assert.Contains("Forgotten: 1 memories and 1 sessions.", gone.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing is remembered yet", gone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("albatross", _model.Calls.Last().Body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(_place.PathOf("data"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("albatross", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_fails_is_told_and_counted()
    {
        _model.Script(_ => ChatAnswer.Error(401, "invalid_request_error", "invalid_api_key"));

        var result = await _place.TypeAsync(["Hello"], "chat", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("""{"answered":0,"failed":1}""", result.Output.TrimEnd());
        Assert.Contains("Sorry, I cannot answer right now.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_it_remembers_nothing()
    {
        _place.Variables["RECOLLECT__FeatureManagement__enable_memory_system"] = "false";

        var result = await TypeAsync("dana", "Hello", "/memory", "/reset");

        Assert.Contains("Memory is off for you.", result.Output, StringComparison.Ordinal);
        Assert.Contains("A fresh conversation begins.", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.PathOf("data/sessions")));
        Assert.False(File.Exists(_place.PathOf("data/recollect.db")));
    }

    [Theory]
    [InlineData("--user", "")]
    [InlineData("--user", " ")]
    [InlineData("--who", "x")]
    public async Task Wrong_use_is_refused(string option, string value) => Assert.Equal(2, (await _place.TypeAsync([], "chat", option, value)).ExitCode);

    [Fact]
    public async Task No_flag_of_another_kind_is_taken()
    {
        _place.Variables["RECOLLECT__FeatureManagement__enable_memory_system"] = "perhaps";

        var result = await _place.TypeAsync(["Hello"], "chat");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("FeatureManagement:enable_memory_system is \"perhaps\"", result.Error, StringComparison.Ordinal);
    }

    private async Task<ProcessResult> TypeAsync(string user, params string[] lines)
    {
        var result = await _place.TypeAsync(lines, "chat", "--user", user);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
