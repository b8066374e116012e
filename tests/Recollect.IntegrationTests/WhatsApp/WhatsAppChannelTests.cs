using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Recollect.Bots;
using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Recollect.Connectors.WhatsApp;
using Xunit;

namespace Recollect.IntegrationTests.WhatsApp;

public sealed class WhatsAppChannelTests : IAsyncLifetime
{
    private const string Chat = "972501234567@c.us";

    private readonly ManualTime _time = new(new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));
    private GreenApiServer _server = null!;
    private WhatsAppChannel _channel = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await GreenApiServer.StartAsync();
        _channel = Channel();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_notification_comes_until_it_is_acknowledged()
    {
        _server.Write(Chat, "M1", "שלום 😀");
        _server.Write(Chat, "M2", "second");

        var first = await _channel.ReceiveAsync(CancellationToken.None);
        var again = await _channel.ReceiveAsync(CancellationToken.None);
        await _channel.AcknowledgeAsync(first!, CancellationToken.None);
        await _channel.AcknowledgeAsync(first!, CancellationToken.None);
        var second = await _channel.ReceiveAsync(CancellationToken.None);

        Assert.Equal(first, again);
        Assert.Equal(new ChannelMessage { Id = "M1", Chat = Chat, Sender = Chat, SentAt = DateTimeOffset.FromUnixTimeSeconds(1_588_091_580), Text = "שלום 😀" }, first!.Message);
        Assert.Equal("M2", second!.Message!.Id);
        Assert.Equal(1, _server.Waiting);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task An_empty_queue_is_nothing(string answer)
    {
        _server.Empty = answer;
        _server.Patience = TimeSpan.Zero;

        Assert.Null(await _channel.ReceiveAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"typeMessage":"extendedTextMessage","extendedTextMessageData":{"text":"a link"}}""", "a link")]
    [InlineData("""{"typeMessage":"quotedMessage","extendedTextMessageData":{"text":"an answer"},"quotedMessage":{"stanzaId":"x"}}""", "an answer")]
    [InlineData("""{"typeMessage":"imageMessage","fileMessageData":{"caption":"look"}}""", null)]
    [InlineData("""{"typeMessage":"textMessage","textMessageData":{"textMessage":"{{SWE001}}"}}""", null)]
    [InlineData("""{"typeMessage":"textMessage","textMessageData":{"textMessage":7}}""", null)]
    [InlineData("""{"typeMessage":"textMessage"}""", null)]
    [InlineData("""{"typeMessage":null}""", null)]
    [InlineData("[]", null)]
    public async Task Text_is_read_from_every_kind_that_has_one(string data, string? expected) => Assert.Equal(expected, await TextOfAsync(data));

    [Fact]
    public async Task Half_of_a_pair_is_text_too() =>
        Assert.Equal("half \ud83d of a pair", await TextOfAsync("""{"typeMessage":"textMessage","textMessageData":{"textMessage":"half \ud83d of a pair"}}"""));

    [Theory]
    [InlineData("""{"typeWebhook":"outgoingMessageStatus","chatId":"x"}""", "outgoingMessageStatus")]
    [InlineData("""{"typeWebhook":"incomingCall"}""", "incomingCall")]
    [InlineData("""{"typeWebhook":"a kind\nwith a line"}""", "unknown")]
    [InlineData("""{"typeWebhook":"incomingMessageReceived"}""", "incomingMessageReceived")]
    [InlineData("""{"typeWebhook":"incomingMessageReceived","idMessage":"M","senderData":{"chatId":" "}}""", "incomingMessageReceived")]
    [InlineData("""{"typeWebhook":"incomingMessageReceived","idMessage":7,"senderData":[]}""", "incomingMessageReceived")]
    [InlineData("[1]", "unknown")]
    [InlineData("\"text\"", "unknown")]
    public async Task What_is_no_message_can_be_acknowledged(string body, string kind)
    {
        _server.Notify(JsonNode.Parse(body)!);

        var notice = await _channel.ReceiveAsync(CancellationToken.None);
        await _channel.AcknowledgeAsync(notice!, CancellationToken.None);

        Assert.Equal((kind, null), (notice!.Kind, notice.Message));
        Assert.Equal(0, _server.Waiting);
    }

    [Fact]
    public async Task A_group_and_who_writes_in_it_are_told_apart()
    {
        _server.Write("120363043968066561@g.us", "M1", "hello", sender: Chat);

        var message = (await _channel.ReceiveAsync(CancellationToken.None))!.Message!;

        Assert.Equal(("120363043968066561@g.us", Chat, true), (message.Chat, message.Sender, message.IsGroup));
    }

    [Fact]
    public async Task A_long_answer_is_cut_between_characters()
    {
        using var channel = Channel(options => options.MaxCharacters = 100);
        var family = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 30));

        await channel.SendAsync(Chat, family, CancellationToken.None);
        await channel.SendAsync(Chat, new string('x', 100), CancellationToken.None);

        Assert.Equal($"{string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 9))}…", _server.Sent[0].Text);
        Assert.Equal(100, _server.Sent[1].Text.Length);
    }

    [Theory]
    [InlineData(401, "", false, true)]
    [InlineData(403, "", false, true)]
    [InlineData(404, "", false, true)]
    [InlineData(302, "", false, true)]
    [InlineData(400, "Validation failed. Details: secret words", false, false)]
    [InlineData(400, "instance account not authorized", true, false)]
    [InlineData(400, "{\"message\":\"instance in starting process try later\"}", true, false)]
    [InlineData(429, "", true, false)]
    [InlineData(499, "", true, false)]
    [InlineData(500, "secret words", true, false)]
    [InlineData(502, "", true, false)]
    [InlineData(466, "{\"invokeStatus\":{\"method\":\"sendMessage\",\"used\":100,\"total\":100,\"status\":\"QUOTE_EXCEEDED\"}}", true, false)]
    [InlineData(466, "no json", true, false)]
    [InlineData(466, "{\"correspondentsStatus\":{\"used\":3,\"total\":3,\"status\":\"CORRESPONDENTS_QUOTE_EXCEEDED\"}}", false, false)]
    [InlineData(0, "", true, false)]
    public async Task Failures_are_told_apart_and_nothing_secret_is_told(int status, string body, bool isTransient, bool isConfiguration)
    {
        _server.Script = _ => WebhookAnswer.Of(status, body) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = $"http://elsewhere.example/{GreenApiServer.Token}" } };

        var failure = await Assert.ThrowsAsync<ChannelException>(async () => await _channel.SendAsync(Chat, "words of a person", CancellationToken.None));

        Assert.Equal((isTransient, isConfiguration), (failure.IsTransient, failure.IsConfiguration));
        AssertQuiet(failure);
    }

    [Fact]
    public async Task What_the_server_asks_for_is_told()
    {
        _server.Script = _ => WebhookAnswer.Of(429) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "17" } };

        Assert.Equal(TimeSpan.FromSeconds(17), (await Assert.ThrowsAsync<ChannelException>(async () => await _channel.ReceiveAsync(CancellationToken.None))).RetryAfter);
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up()
    {
        _server.Script = _ => WebhookAnswer.Silence;

        var failure = await Assert.ThrowsAsync<ChannelException>(() => _time.DriveAsync(async () => (await _channel.ReceiveAsync(CancellationToken.None))?.Kind));

        Assert.True(failure.IsTransient);
        Assert.Contains("within 50 s", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"receiptId\":1,\"body\":")]
    [InlineData("<html>")]
    [InlineData("{\"body\":{}}")]
    [InlineData("{\"receiptId\":\"../../x\",\"body\":{}}")]
    [InlineData("[]")]
    [InlineData("\u0000")]
    public async Task An_answer_that_is_none_is_tried_again(string answer)
    {
        _server.Script = _ => WebhookAnswer.Of(200, answer);

        var failure = await Assert.ThrowsAsync<ChannelException>(async () => await _channel.ReceiveAsync(CancellationToken.None));

        Assert.True(failure.IsTransient);
        AssertQuiet(failure);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        _server.Script = _ => new(200, new byte[17 * 1024 * 1024]);

        Assert.Contains("too large", (await Assert.ThrowsAsync<ChannelException>(async () => await _channel.ReceiveAsync(CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        using var channel = Channel(options => options.Url = "http://127.0.0.1:1");

        var failure = await Assert.ThrowsAsync<ChannelException>(async () => await channel.ReceiveAsync(CancellationToken.None));

        Assert.Contains("nothing listens there", failure.Message, StringComparison.Ordinal);
        AssertQuiet(failure);
    }

    [Theory]
    [InlineData("""{"incomingWebhook":"yes","webhookUrl":""}""", true, "accepts the token")]
    [InlineData("""{"incomingWebhook":"no","webhookUrl":""}""", false, "keeps no notifications")]
    [InlineData("""{"incomingWebhook":"yes","webhookUrl":"https://bot.example/hook?key=SECRET"}""", false, "to a webhook")]
    [InlineData("[]", false, "keeps no notifications")]
    public async Task Settings_under_which_nothing_can_be_polled_are_named(string settings, bool healthy, string finding)
    {
        _server.Settings = settings;

        var diagnosis = await _channel.DiagnoseAsync(CancellationToken.None);

        Assert.Equal(healthy, diagnosis.Healthy);
        Assert.Contains(finding, diagnosis.Finding, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", diagnosis.Finding + diagnosis.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Url", "ftp://x")]
    [InlineData("Url", "http://user:word@x")]
    [InlineData("Url", "http://x?token=1")]
    [InlineData("Url", "")]
    [InlineData("Instance", "11/../x")]
    [InlineData("Token", "a b")]
    [InlineData("Token", "../x")]
    public void Settings_that_cannot_be_are_refused_by_name(string setting, string value)
    {
        var options = new WhatsAppOptions();
        typeof(WhatsAppOptions).GetProperty(setting)!.SetValue(options, value);

        var result = new WhatsAppOptionsValidator().Validate(null, options);

        Assert.True(result.Failed);
        Assert.All(result.Failures, failure => Assert.StartsWith($"Bot:WhatsApp:{setting} ", failure, StringComparison.Ordinal));
        Assert.False(new WhatsAppOptionsValidator().Validate(null, new()).Failed);
    }

    private async Task<string?> TextOfAsync(string data)
    {
        _server.Script = _ => WebhookAnswer.Of(
            200, $$$"""{"receiptId":1,"body":{"typeWebhook":"incomingMessageReceived","idMessage":"M","timestamp":1,"senderData":{"chatId":"{{{Chat}}}","sender":"{{{Chat}}}"},"messageData":{{{data}}}}}""");
        return (await _channel.ReceiveAsync(CancellationToken.None))!.Message!.Text;
    }

    private static void AssertQuiet(ChannelException failure)
    {
        Assert.DoesNotContain(GreenApiServer.Token, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("words", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Chat, failure.ToString(), StringComparison.Ordinal);
    }

    private WhatsAppChannel Channel(Action<WhatsAppOptions>? change = null)
    {
        var options = new WhatsAppOptions { Url = _server.Url, Instance = GreenApiServer.Instance, Token = GreenApiServer.Token };
        change?.Invoke(options);
        return new(Options.Create(options), _time);
    }
}
