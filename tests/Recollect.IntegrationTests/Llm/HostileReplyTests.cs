using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Conformance.Servers;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

/// <summary>A thousand bad replies: each becomes a memory that says what it said, or a failure with a reason; none is stored wrong.</summary>
public sealed class HostileReplyTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Replies = 1_000;

    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_is_parsed_or_fails_with_a_reason_and_none_is_stored_wrong()
    {
        var set = new HostileReplies(seed: 20_261_126);
        var writer = LlmWriters.Of(_server);
        var talk = LlmWriters.Talk(Enumerable.Range(0, HostileReplies.Messages).Select(HostileReplies.Said));
        var texts = talk.Messages.ToDictionary(message => message.Id, message => message.Text, StringComparer.Ordinal);
        var counts = new SortedDictionary<string, (int Parsed, int All)>(StringComparer.Ordinal);
        for (var i = 0; i < Replies; i++)
        {
            var reply = set.Next();
            _server.Script(_ => ChatAnswer.Says(reply.Text));
            var (written, failure) = await TryAsync(writer, talk);
            Assert.True((written is not null) == reply.IsStored, $"{reply.Kind}: {failure?.Message}\n{reply.Text}");
            if (written is not null)
            {
                AssertSame(reply, written, texts);
            }
            else
            {
                Assert.Contains("cannot be used: ", failure!.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(HostileReplies.Secret, failure.Message, StringComparison.Ordinal);
                Assert.False(failure.IsTransient);
            }

            var (parsed, all) = counts.GetValueOrDefault(reply.Kind);
            counts[reply.Kind] = (parsed + (written is null ? 0 : 1), all + 1);
        }

        foreach (var (kind, (parsed, all)) in counts)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {parsed} of {all} parsed"));
        }

        var share = counts.Values.Sum(count => count.Parsed) / (double)Replies;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"parsed: {share:P1} of {Replies} hostile replies; the others failed with a reason, none was stored wrong"));
        Assert.True(counts.Count >= 12);
    }

    private static async Task<(WrittenMemory? Written, GenerationException? Failure)> TryAsync(LlmWriter writer, Conversation talk)
    {
        try
        {
            return (await LlmWriters.WriteAsync(writer, talk), null);
        }
        catch (GenerationException ex)
        {
            return (null, ex);
        }
    }

    /// <summary>Compares with the reply, read here in another way: from its last line that begins an object at the top.</summary>
    private static void AssertSame(HostileReply reply, WrittenMemory written, Dictionary<string, string> texts)
    {
        var said = Expected(reply.Text);
        Assert.Equal(WellFormed(said["summary"]!.GetValue<string>()), written.Summary);
        Assert.Equal(said["topics"]!.AsArray().Select(topic => WellFormed(topic!.GetValue<string>())), written.Topics, StringComparer.Ordinal);
        var expected = new[] { "facts", "preferences", "open_questions" }.SelectMany(name => said[name]!.AsArray()).Select(item => item!.AsObject())
            .Select(item => (Text: WellFormed(item["text"]!.GetValue<string>()), Id: item["message_ids"]!.AsArray().Select(id => RowOf(id!.GetValue<string>())).FirstOrDefault(id => id is not null), Quote: item["quote"]?.GetValue<string>()))
            .Where(item => item.Id is not null)
            .Select(item => (item.Text, item.Id, Quote: item.Quote is { } quote && !string.IsNullOrWhiteSpace(quote) && texts[item.Id!].Contains(quote, StringComparison.Ordinal) ? quote : null));
        Assert.Equal(expected, written.Facts.Select(fact => (fact.Text, (string?)fact.Citations.Single().MessageId, fact.Citations.Single().Quote)));
        Assert.All(written.Citations, citation => Assert.Contains(citation.MessageId, texts));
        using var data = JsonDocument.Parse(written.Data!);
        Assert.Null(MemorySchema.Load("recollect").Root.FindMisfit(data.RootElement));
    }

    private static JsonObject Expected(string reply)
    {
        var start = reply.LastIndexOf("\"summary\"", StringComparison.Ordinal);
        start = reply.LastIndexOf('{', reply.IndexOf("/*", StringComparison.Ordinal) is >= 0 and var comment ? comment : start);
        var bytes = System.Text.Encoding.UTF8.GetBytes(reply[start..].Replace("\\ud83d", "\uFFFD", StringComparison.Ordinal));
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return JsonNode.Parse(ref reader)!.AsObject();
    }

    private static string WellFormed(string text) => text.Replace("\\ud83d", "\uFFFD", StringComparison.Ordinal);

    private static string? RowOf(string id) => id is ['m', >= '1' and <= '6'] ? $"row-{(id[1] - '1') * 7}" : null;
}
