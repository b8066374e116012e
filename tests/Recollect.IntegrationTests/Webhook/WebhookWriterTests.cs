using System.Text;
using System.Text.Json;
using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Recollect.Connectors.Webhook;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

public sealed class WebhookWriterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 4, 19, 21, 47, 6, 829, TimeSpan.Zero);

    private WebhookReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task The_payload_is_exact_to_the_byte()
    {
        var conversation = Conversation.FromRun(
            new() { Source = "s", Owner = new() { User = "admin" }, Workspace = "3", Thread = "default" },
            [
                Message(0, Roles.User, "  Is \"é\" <b>ok</b> & 'fine'?\n", ("created_at", "2025-04-19T21:47:06.829Z"), ("workspace", "Folder 1/2/3")),
                Message(1, Roles.Assistant, "First line\nsecond 👩‍🍳 שלום"),
                Message(2, Roles.User, " \n\t"),
                Message(3, Roles.System, "note"),
            ]);

        await WriteAsync(conversation);

        const string expected = """{"conversation":"User: Is \"é\" <b>ok</b> & 'fine'?\n\nAssistant: First line\nsecond \uD83D\uDC69‍\uD83C\uDF73 שלום\n\nSystem: note","workspaceID":"3","threadID":"default","user":"admin","createdAt":"2025-04-19T21:47:06.829Z","workspace":"Folder 1/2/3","summary":""}""";
        var call = Assert.Single(_receiver.Calls);
        Assert.Equal(("POST", "application/json"), (call.Method, call.Headers["Content-Type"]));
        Assert.Equal(expected, Encoding.UTF8.GetString(call.Body));
    }

    [Fact]
    public async Task What_the_source_did_not_say_has_the_receivers_defaults()
    {
        await WriteAsync(Conversation.FromRun(new() { Source = "s", Owner = new() { User = "u" }, Thread = "t" }, [Message(0, Roles.User, "hi")]));

        var call = Assert.Single(_receiver.Calls);
        Assert.Equal(("", "t", "2025-04-19T21:47:06.829Z", "Default Workspace"), (call.Field("workspaceID"), call.Field("threadID"), call.Field("createdAt"), call.Field("workspace")));
    }

    [Theory]
    [InlineData("""{"Memory":"It rained.","Status":"true"}""", "It rained.", "true")]
    [InlineData("""{"memory":"It rained.","STATUS":"True"}""", "It rained.", "True")]
    [InlineData("""[{"MEMORY":"It rained.","status":true}]""", "It rained.", "true")]
    [InlineData("\uFEFF{\"Memory\":\"It \\ud83d rained.\"}", "It \uFFFD rained.", "False")]
    [InlineData("""{"Memory":null,"Status":null}""", "", "False")]
    [InlineData("""{"message":"Workflow was started"}""", "", "False")]
    [InlineData("", "", "False")]
    [InlineData(" \r\n", "", "False")]
    [InlineData("null", "", "False")]
    [InlineData("\"\"", "", "False")]
    [InlineData("[]", "", "False")]
    public async Task A_reply_is_read_in_every_shape_that_receivers_give(string body, string summary, string status)
    {
        _receiver.Reply = _ => WebhookAnswer.Of(200, body);

        var written = await WriteAsync(Talk());

        Assert.Equal(summary, written.Summary);
        Assert.True(written.IsDelivered);
        using var data = JsonDocument.Parse(written.Data!);
        Assert.Equal(status, data.RootElement.GetProperty("memory_status").GetString());
        Assert.Equal(summary.Length == 0, data.RootElement.TryGetProperty("summary_missing", out _));
    }

    [Theory]
    [InlineData("""{"Memory":"x","Status":"false"}""")]
    [InlineData("""{"Memory":"x","status":"False"}""")]
    [InlineData("""{"Memory":"x","Status":false}""")]
    public async Task A_reply_that_says_it_failed_is_a_failure_that_is_not_tried_again_at_once(string body)
    {
        _receiver.Reply = _ => WebhookAnswer.Of(200, body);

        var failure = await FailsAsync(Talk());

        Assert.Equal((false, false), (failure.IsTransient, failure.IsRefusal));
    }

    [Theory]
    [InlineData("<html>Log in</html>")]
    [InlineData("""{"Memory":"cut off""")]
    [InlineData("OK")]
    [InlineData("42")]
    [InlineData("[1,2]")]
    public async Task A_reply_that_cannot_be_read_is_a_failure_that_may_pass(string body)
    {
        _receiver.Reply = _ => WebhookAnswer.Of(200, body);

        Assert.True((await FailsAsync(Talk())).IsTransient);
    }

    [Theory]
    [InlineData(400, false, true)]
    [InlineData(401, false, true)]
    [InlineData(404, false, true)]
    [InlineData(422, false, true)]
    [InlineData(408, true, false)]
    [InlineData(425, true, false)]
    [InlineData(429, true, false)]
    [InlineData(500, true, false)]
    [InlineData(503, true, false)]
    public async Task Refusals_park_and_passing_failures_do_not(int status, bool isTransient, bool isRefusal)
    {
        _receiver.Reply = _ => WebhookAnswer.Of(status, "secret words of the conversation");

        var failure = await FailsAsync(Talk());

        Assert.Equal((isTransient, isRefusal), (failure.IsTransient, failure.IsRefusal));
        Assert.Contains($"{status}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receiver_says_when_to_come_again_in_seconds_or_as_a_date()
    {
        var time = new ManualTime(Start);
        _receiver.Reply = _ => WebhookAnswer.Of(429) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "7" } };
        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync(Talk(), time: time)).RetryAfter);

        _receiver.Reply = _ => WebhookAnswer.Of(503) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "Sat, 19 Apr 2025 21:48:06 GMT" } };
        Assert.Equal(TimeSpan.FromSeconds(59.171), (await FailsAsync(Talk(), time: time)).RetryAfter);

        _receiver.Reply = _ => WebhookAnswer.Of(429) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "soon" } };
        Assert.Null((await FailsAsync(Talk(), time: time)).RetryAfter);
    }

    [Fact]
    public async Task A_connection_that_is_cut_or_refused_may_come_back()
    {
        _receiver.Reply = _ => WebhookAnswer.Cut;
        Assert.True((await FailsAsync(Talk())).IsTransient);

        Assert.True((await FailsAsync(Talk(), new() { Url = "http://127.0.0.1:9/" })).IsTransient);
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_given_up_after_the_timeout()
    {
        var time = new ManualTime(Start);
        _receiver.Reply = _ =>
        {
            time.Advance(TimeSpan.FromMinutes(2));
            return WebhookAnswer.Silence;
        };

        var failure = await FailsAsync(Talk(), time: time);

        Assert.True(failure.IsTransient);
        Assert.Contains("did not answer within", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_credential_goes_to_the_receiver_and_never_to_another_host()
    {
        await using var other = await WebhookReceiver.StartAsync();
        WebhookOptions options = new() { Url = _receiver.Url, CredentialHeader = "X-Api-Key", Credential = "s3cret" };
        await WriteAsync(Talk(), options);
        Assert.Equal("s3cret", Assert.Single(_receiver.Calls).Headers["X-Api-Key"]);

        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            _receiver.Reply = _ => WebhookAnswer.Of(status) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = other.Url } };
            var failure = await FailsAsync(Talk(), options);
            Assert.Equal((false, false), (failure.IsTransient, failure.IsRefusal));
            Assert.Contains(new Uri(other.Url).Authority, failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_that_keeps_the_method_is_followed()
    {
        _receiver.Script = call => call.Path is "/hook" ? WebhookAnswer.Of(308) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = "/new" } } : null;

        var written = await WriteAsync(Talk());

        Assert.StartsWith("Summary of", written.Summary, StringComparison.Ordinal);
        Assert.Equal(["/hook", "/new"], _receiver.Calls.Select(call => call.Path), StringComparer.Ordinal);
        Assert.Single(_receiver.Calls.Select(call => call.Key).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_content_has_the_same_key_and_other_content_another()
    {
        await WriteAsync(Talk());
        await WriteAsync(Talk());
        await WriteAsync(Talk("other words"));

        var keys = _receiver.Calls.Select(call => call.Key).ToArray();
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2], StringComparer.Ordinal);
        Assert.StartsWith(Talk().Id, keys[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_reply_is_refused_and_a_huge_conversation_is_sent_whole()
    {
        var text = new string('x', 10 * 1024 * 1024);
        await WriteAsync(Talk(text));
        Assert.Equal("User: " + text, Assert.Single(_receiver.Calls).Field("conversation"));

        _receiver.Reply = _ => new(200, Encoding.UTF8.GetBytes($$"""{"Memory":"{{new string('y', 17 * 1024 * 1024)}}"}"""));
        Assert.False((await FailsAsync(Talk())).IsTransient);
    }

    [Fact]
    public async Task A_dry_probe_posts_nothing_and_tells_what_is_wrong()
    {
        using (var writers = new WebhookWriters(new() { Url = _receiver.Url }))
        {
            Assert.True((await writers.Writer.DiagnoseAsync(CancellationToken.None)).Healthy);
            _receiver.Script = _ => WebhookAnswer.Of(401);
            Assert.Contains("Credential", (await writers.Writer.DiagnoseAsync(CancellationToken.None)).Advice, StringComparison.Ordinal);
        }

        using var nobody = new WebhookWriters(new() { Url = "http://127.0.0.1:9/" });
        Assert.False((await nobody.Writer.DiagnoseAsync(CancellationToken.None)).Healthy);
        Assert.All(_receiver.Calls, call => Assert.Equal("OPTIONS", call.Method));
    }

    private static Conversation Talk(string text = "Where is the key?") =>
        Conversation.FromRun(new() { Source = "s", Owner = new() { User = "dana" }, Workspace = "1", Thread = "2" }, [Message(0, Roles.User, text)]);

    private static Message Message(int number, string role, string text, params (string Name, string Value)[] metadata) => new()
    {
        Id = $"m{number}",
        Role = role,
        Text = text,
        SentAt = Start.AddSeconds(number),
        Metadata = metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
    };

    private async Task<WrittenMemory> WriteAsync(Conversation conversation, WebhookOptions? options = null, TimeProvider? time = null)
    {
        using var writers = new WebhookWriters(options ?? new() { Url = _receiver.Url }, time);
        return await writers.Writer.WriteAsync(conversation, TestContext.Current.CancellationToken);
    }

    private async Task<DeliveryException> FailsAsync(Conversation conversation, WebhookOptions? options = null, TimeProvider? time = null) =>
        await Assert.ThrowsAsync<DeliveryException>(() => WriteAsync(conversation, options, time));
}
