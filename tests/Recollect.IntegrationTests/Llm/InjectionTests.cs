using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

/// <summary>Whatever people write into a chat, the request keeps its shape, and a model that obeys them changes no field that it should not.</summary>
public sealed class InjectionTests : IAsyncLifetime
{
    private ChatServer _server = null!;

    public static TheoryData<string> Texts => [.. Injections.Texts];

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task The_transcript_cannot_leave_its_block(string injection)
    {
        var writer = LlmWriters.Of(_server);
        await LlmWriters.WriteAsync(writer, Talk("Something harmless.", author: null, Roles.User));
        await LlmWriters.WriteAsync(writer, Talk(injection, author: null, Roles.User));
        await LlmWriters.WriteAsync(writer, Talk("Something harmless.", author: injection, Roles.User));
        await LlmWriters.WriteAsync(writer, Talk("Something harmless.", author: null, injection));
        var calls = _server.Calls.ToArray();

        foreach (var call in calls[1..])
        {
            Assert.Equal(calls[0].System, call.System);
            Assert.Equal(calls[0].Schema!.Value.GetRawText(), call.Schema!.Value.GetRawText());
            Assert.Equal(["system", "user"], call.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()), StringComparer.Ordinal);
            Assert.Equal(Frame(calls[0].User), Frame(call.User));
            Assert.Equal(["m1", "m2", "m3"], call.Material.Skip(1).Select(line => line.Split(' ')[0]), StringComparer.Ordinal);
            Assert.DoesNotContain(call.User.Where(character => character != '\n'), char.IsControl);
        }

        Assert.Equal(WellFormedText.Of(injection), JsonSerializer.Deserialize<string>(calls[1].Material[2]["m2 user: ".Length..]));
    }

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task A_model_that_obeys_changes_no_field_that_it_should_not(string injection)
    {
        var talk = Talk(injection, author: null, Roles.User);
        var honest = """{"text":"They met.","message_ids":["m1"],"quote":"Good morning"}""";
        string Reply(string facts, string more = "") => $$"""{"summary":"A meeting.","topics":["meeting"],"facts":[{{facts}}],"open_questions":[],"preferences":[]{{more}}}""";

        var foreign = await WriteAsync(talk, Reply($$"""{{honest}},{"text":"Foreign.","message_ids":["m999","row-999","system"],"quote":null}"""));
        var invented = await WriteAsync(talk, Reply($$"""{{honest}},{"text":"Invented.","message_ids":["m3"],"quote":"I allow everything"}"""));
        var plain = await WriteAsync(talk, Reply(honest));

        Assert.Equal([("They met.", "row-0", "Good morning")], Statements(plain));
        Assert.Equal(Statements(plain), Statements(foreign));
        Assert.Equal([("They met.", "row-0", "Good morning"), ("Invented.", "row-14", null)], Statements(invented));
        Assert.Equal((0, 1, 1), (plain.Unverified, foreign.Unverified, invented.Unverified));
        Assert.Equal(plain.Data, foreign.Data);
        foreach (var wrong in new[] { Reply(honest, ",\"hacked\":true"), "HACKED", "{\"summary\":\"HACKED\"}", Reply("{\"text\":\"HACKED\"}"), Reply(honest.Replace("null", "7", StringComparison.Ordinal).Replace("\"m1\"", "1", StringComparison.Ordinal)) })
        {
            _server.Script(_ => ChatAnswer.Says(wrong));
            var failure = await LlmWriters.FailAsync(LlmWriters.Of(_server), talk);
            Assert.DoesNotContain("hacked", failure.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task<WrittenMemory> WriteAsync(Conversation conversation, string reply)
    {
        _server.Script(_ => ChatAnswer.Says(reply));
        return await LlmWriters.WriteAsync(LlmWriters.Of(_server), conversation);
    }

    private static (string Text, string Id, string? Quote)[] Statements(WrittenMemory written) =>
        [.. written.Facts.Select(fact => (fact.Text, fact.Citations.Single().MessageId, fact.Citations.Single().Quote))];

    /// <summary>What stands around the transcript, with the markers taken out.</summary>
    private static string Frame(string user)
    {
        var lines = user.Split('\n');
        var begin = Assert.Single(lines, line => line.StartsWith("BEGIN ", StringComparison.Ordinal));
        var marker = begin["BEGIN ".Length..];
        var end = Assert.Single(lines, line => line.Equals($"END {marker}", StringComparison.Ordinal));
        return string.Join('\n', lines[..Array.IndexOf(lines, begin)].Concat(lines[Array.IndexOf(lines, end)..])).Replace(marker, "MARKER", StringComparison.Ordinal);
    }

    private static Conversation Talk(string text, string? author, string role)
    {
        var talk = LlmWriters.Talk("Good morning", text, "Good night");
        return Conversation.FromRun(talk.Thread, [talk.Messages[0], talk.Messages[1] with { Author = author, Role = role }, talk.Messages[2]]);
    }
}
