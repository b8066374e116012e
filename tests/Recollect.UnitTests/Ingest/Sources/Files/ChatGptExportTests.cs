using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

public sealed class ChatGptExportTests : IDisposable
{
    private const string Sourdough = """
        {
          "title": "Sourdough basics", "create_time": 1767607195.5, "update_time": 1767607260.75, "conversation_id": "c-1", "id": "c-1", "current_node": "n5",
          "moderation_results": [], "plugin_ids": null,
          "mapping": {
            "root": {"id": "root", "message": null, "parent": null, "children": ["n0"]},
            "n0": {"id": "n0", "parent": "root", "children": ["n1"], "message": {"id": "n0", "author": {"role": "system", "name": null, "metadata": {}}, "create_time": null, "content": {"content_type": "text", "parts": [""]}, "weight": 0.0, "metadata": {"is_visually_hidden_from_conversation": true}}},
            "n1": {"id": "n1", "parent": "n0", "children": ["n2", "n3"], "message": {"id": "m1", "author": {"role": "user"}, "create_time": 1767607200.25, "content": {"content_type": "text", "parts": ["How do I start?", {"content_type": "image_asset_pointer"}, "See the picture 🙂"]}, "weight": 1.0}},
            "n2": {"id": "n2", "parent": "n1", "children": [], "message": {"id": "m2", "author": {"role": "assistant"}, "create_time": 1767607201, "content": {"content_type": "text", "parts": ["An answer that was thrown away"]}}},
            "n3": {"id": "n3", "parent": "n1", "children": ["n4"], "message": {"id": "m3", "author": {"role": "assistant"}, "create_time": null, "content": {"content_type": "code", "language": "python", "text": "search(\"starter\")"}}},
            "n4": {"id": "n4", "parent": "n3", "children": ["n5"], "message": {"id": "m4", "author": {"role": "tool", "name": "browser"}, "create_time": 1767607199, "content": {"content_type": "execution_output", "text": "42"}}},
            "n5": {"id": "n5", "parent": "n4", "children": [], "message": {"id": "m5", "author": {"role": "assistant"}, "create_time": 1767607230, "content": {"content_type": "multimodal_text", "parts": [{"content_type": "audio_transcription", "text": "Mix flour and water."}]}}}
          }
        }
        """;

    private readonly ChatFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_branch_that_was_seen_last_is_read_as_one_given_conversation()
    {
        _folder.Options.User = "dana";
        _folder.Options.Scope = "departmental";

        var messages = await _folder.ReadTextAsync("conversations.json", $"[{Sourdough}]");

        SourceMessageAssert.Texts(messages, "How do I start?\nSee the picture 🙂", "search(\"starter\")", "42", "Mix flour and water.");
        SourceMessageAssert.Ids(messages, "m1", "m3", "m4", "m5");
        Assert.Equal("user assistant tool assistant", string.Join(' ', messages.Select(message => message.Message.Role)));
        Assert.Equal("browser", messages[2].Message.Author);
        var thread = Assert.Single(messages.Select(message => message.Thread).Distinct());
        Assert.True(thread.IsConversation);
        Assert.Equal(("Sourdough basics", "c-1", "files"), (thread.Title, thread.Key.Thread, thread.Key.Source));
        Assert.Equal(new Owner { User = "dana", Scope = "departmental" }, thread.Key.Owner);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1767607260.75), thread.UpdatedAt);
        Assert.Empty(_folder.Observer.Unreadable);
    }

    [Fact]
    public async Task Order_on_the_branch_holds_where_times_are_missing_or_run_backwards()
    {
        var messages = await _folder.ReadTextAsync("conversations.json", $"[{Sourdough}]");

        Assert.Equal(messages, messages.OrderBy(message => message.Message, MessageOrder.Instance));
        Assert.Equal([200.25, 200.25, 200.25, 230], messages.Select(message => (message.Message.SentAt - DateTimeOffset.UnixEpoch).TotalSeconds - 1767607000));
    }

    [Fact]
    public async Task Without_a_current_node_the_newest_leaf_counts()
    {
        var messages = await _folder.ReadTextAsync("conversations.json", $"[{Sourdough.Replace("\"current_node\": \"n5\",", string.Empty, StringComparison.Ordinal)}]");

        SourceMessageAssert.Ids(messages, "m1", "m3", "m4", "m5");
    }

    [Fact]
    public async Task A_current_node_that_does_not_exist_falls_back_to_the_newest_leaf()
    {
        SourceMessageAssert.Ids(
            await _folder.ReadTextAsync("conversations.json", $"[{Sourdough.Replace("\"n5\",", "\"lost\",", StringComparison.Ordinal)}]"), "m1", "m3", "m4", "m5");
    }

    [Theory]
    [InlineData("""{"a":{"parent":"lost","message":MESSAGE}}""", "a", "its parent is missing", 1)]
    [InlineData("""{"a":{"parent":"b","message":MESSAGE},"b":{"parent":"a","message":null},"c":{"parent":"b","message":MESSAGE}}""", "a", "its parent is one of its own descendants", 2)]
    [InlineData("""{"a":{"parent":"b","message":MESSAGE},"b":{"parent":"a","message":MESSAGE}}""", "a", "the parents of all nodes run in a circle", 0)]
    [InlineData("""{"a":{"parent":"b","message":MESSAGE},"b":[1]}""", "b", "is not an object", 1)]
    [InlineData("""{"a":{"parent":7,"message":MESSAGE}}""", "a", "parent is not a string", 1)]
    [InlineData("""{"a":{"parent":"b","message":MESSAGE},"b":{"message":"secret"}}""", "b", "message is not an object", 1)]
    [InlineData("""{"a":{"message":{"content":{"parts":["secret"]}}}}""", "a", "has no author with a role", 0)]
    [InlineData("""{"a":{"message":{"author":{"role":"user"},"content":"secret"}}}""", "a", "content is not an object", 0)]
    [InlineData("""{"a":{"message":{"author":{"role":"user"},"content":{"parts":"secret"}}}}""", "a", "parts is not a list", 0)]
    [InlineData("""{"a":{"message":{"author":{"role":"user"},"content":{"text":5}}}}""", "a", "text is not a string", 0)]
    [InlineData("""{"a":{"message":{"author":{"role":"user"},"create_time":[],"content":{"text":"secret"}}}}""", "a", "create_time is not a time", 0)]
    [InlineData("""{"a":{"message":{"author":{"role":"user"},"create_time":99999999999,"content":{"text":"secret"}}}}""", "a", "create_time lies in the future", 0)]
    public async Task A_broken_node_is_named_and_the_rest_goes_on(string mapping, string node, string reason, int kept)
    {
        var message = """{"author":{"role":"user"},"create_time":1767607200,"content":{"parts":["text"]}}""";
        var broken = $$"""{"id":"c-2","create_time":1767607200,"mapping":{{mapping.Replace("MESSAGE", message, StringComparison.Ordinal)}}}""";

        var messages = await _folder.ReadTextAsync("conversations.json", $"[{broken},{Sourdough}]");

        Assert.Equal(kept + 4, messages.Count);
        var item = Assert.Single(_folder.Observer.Unreadable);
        Assert.EndsWith($"conversations.json: conversation c-2, node {node}", item.Place, StringComparison.Ordinal);
        Assert.Equal(reason, item.Reason);
    }

    [Theory]
    [InlineData("17", "is not an object")]
    [InlineData("null", "is not an object")]
    [InlineData("[{\"mapping\":1}]", "is not an object")]
    [InlineData("{\"mapping\":{}}", "has no id")]
    [InlineData("{\"id\":\"c\",\"mapping\":[]}", "has no mapping")]
    [InlineData("{\"id\":\"c\",\"mapping\":}", "is not valid JSON, repeats a key, or is nested deeper than 64 levels")]
    [InlineData("{\"id\":\"c\",\"id\":\"d\",\"mapping\":{}}", "is not valid JSON, repeats a key, or is nested deeper than 64 levels")]
    [InlineData("{\"id\":\"c\" \"secret }] \\\" { [\"}", "is not valid JSON, repeats a key, or is nested deeper than 64 levels")]
    public async Task A_broken_conversation_is_named_by_its_number(string broken, string reason)
    {
        var messages = await _folder.ReadTextAsync("conversations.json", $"[{Sourdough}, {broken} ,{Sourdough.Replace("c-1", "c-3", StringComparison.Ordinal)}]");

        Assert.Equal(8, messages.Count);
        var item = Assert.Single(_folder.Observer.Unreadable);
        Assert.EndsWith("conversations.json: conversation 2", item.Place, StringComparison.Ordinal);
        Assert.Equal(reason, item.Reason);
    }

    [Theory]
    [InlineData("{\"id\":[}")]
    [InlineData("{\"id\":\"c}")]
    public async Task A_conversation_that_never_ends_loses_only_what_follows_and_says_so(string broken)
    {
        Assert.Equal(4, (await _folder.ReadTextAsync("conversations.json", $"[{Sourdough},{broken},{Sourdough}]")).Count);
        Assert.EndsWith("conversation 2", _folder.Observer.Unreadable[0].Place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nesting_bomb_costs_only_its_conversation()
    {
        var bomb = "{\"id\":\"c\",\"mapping\":" + new string('[', 5_000) + new string(']', 5_000) + "}";

        Assert.Equal(4, (await _folder.ReadTextAsync("conversations.json", $"[{bomb},{Sourdough}]")).Count);
        Assert.Single(_folder.Observer.Unreadable);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(900)]
    public async Task A_cut_off_export_loses_only_what_follows_and_says_so(int cut)
    {
        var export = $"[{Sourdough},{Sourdough.Replace("c-1", "c-2", StringComparison.Ordinal)}]";

        var messages = await _folder.ReadTextAsync("conversations.json", export[..^cut]);

        Assert.Equal(cut == 1 ? 8 : 4, messages.Count);
        Assert.Equal("is cut off: the file ends before the export does", Assert.Single(_folder.Observer.Unreadable).Reason);
    }

    [Fact]
    public async Task A_conversation_over_the_limit_is_skipped_and_counted()
    {
        _folder.Options.MaxLineBytes = 64 * 1024;
        var large = Sourdough.Replace("How do I start?", new string('x', 900_000), StringComparison.Ordinal);

        Assert.Equal(4, (await _folder.ReadTextAsync("conversations.json", $"[{large},{Sourdough}]")).Count);
        Assert.Contains("longer than 65536 bytes", Assert.Single(_folder.Observer.Unreadable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_without_conversations_gives_nothing()
    {
        Assert.Empty(await _folder.ReadTextAsync("conversations.json", "[\n]\n"));
        Assert.Empty(_folder.Observer.Unreadable);
        Assert.Empty(_folder.Observer.Unreachable);
    }

    [Fact]
    public async Task A_conversation_of_ten_thousand_nodes_is_followed_to_its_root()
    {
        const string Message = """{"author":{"role":"user"},"create_time":1767607200,"content":{"parts":["TEXT"]}}""";
        var nodes = string.Concat(Enumerable.Range(1, 10_000).Select(i =>
            $",\"n{i}\":{{\"parent\":\"n{i - 1}\",\"message\":{Message.Replace("TEXT", $"{i}", StringComparison.Ordinal)}}}"));

        var messages = await _folder.ReadTextAsync(
            "conversations.json", "[{\"id\":\"c\",\"current_node\":\"n10000\",\"mapping\":{\"n0\":{\"parent\":null}" + nodes + "}}]");

        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => $"{i}"), messages.OrderBy(message => message.Message, MessageOrder.Instance).Select(message => message.Message.Text), StringComparer.Ordinal);
    }
}
