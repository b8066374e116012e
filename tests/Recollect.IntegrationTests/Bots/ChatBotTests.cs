using Recollect.Bots;
using Recollect.IntegrationTests.Sessions;
using Xunit;

namespace Recollect.IntegrationTests.Bots;

/// <summary>What a bot does when its channel fails.</summary>
public sealed class ChatBotTests : IDisposable
{
    private readonly SessionHost _bot = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ScriptedChannel _channel;

    public ChatBotTests() => _channel = new(_stop);

    public void Dispose()
    {
        _stop.Dispose();
        _bot.Dispose();
    }

    [Fact]
    public async Task An_answer_that_could_not_be_sent_is_sent_later_and_asked_for_once()
    {
        _channel.Write("m1", "Hello");
        _channel.OnSend.Enqueue(Passing());
        _channel.OnSend.Enqueue(Passing());

        var done = await RunAsync();

        Assert.Equal(new(1, 0, 0), done);
        Assert.Equal("You said: Hello", Assert.Single(_channel.Sent).Text);
        Assert.Single(_bot.Model.Given);
    }

    [Fact]
    public async Task A_notice_whose_acknowledgement_failed_is_not_answered_again()
    {
        _channel.Write("m1", "Hello");
        _channel.OnAcknowledge.Enqueue(Passing());

        await RunAsync();

        Assert.Single(_channel.Sent);
        Assert.Equal(["rm1"], _channel.Acknowledged, StringComparer.Ordinal);
        Assert.Single(_bot.Model.Given);
    }

    [Fact]
    public async Task What_the_channel_refuses_for_good_stays_in_its_session_and_stops_nobody()
    {
        _channel.Write("m1", "Hello");
        _channel.Write("m2", "And you?", "15551234@c.us");
        _channel.OnSend.Enqueue(new ChannelException("No such chat."));

        var done = await RunAsync();

        Assert.Equal(new(1, 1, 0), done);
        Assert.Equal([("15551234@c.us", "You said: And you?")], _channel.Sent);
        Assert.Equal(2, (await _bot.SessionsAsync(archived: false)).Count);
    }

    [Fact]
    public async Task A_notice_that_always_fails_is_given_up_with_an_apology_even_where_that_fails_too()
    {
        _channel.Write("m1", "Hello");
        _channel.Write("m2", "And you?", "15551234@c.us");
        _channel.OnReceive.Enqueue(Passing());
        _channel.OnReceive.Enqueue(Passing());
        _channel.OnReceive.Enqueue(Passing()); // of the channel, not of the notice
        for (var i = 0; i < 5; i++)
        {
            _channel.OnSend.Enqueue(new InvalidOperationException("A mistake."));
        }

        var done = await RunAsync();

        Assert.Equal(new(1, 1, 0), done);
        Assert.Equal(["rm1", "rm2"], _channel.Acknowledged, StringComparer.Ordinal);
        Assert.Equal([("15551234@c.us", "You said: And you?")], _channel.Sent);
    }

    [Fact]
    public async Task Pauses_grow_up_to_a_minute_and_are_as_long_as_the_channel_asks()
    {
        for (var i = 0; i < 9; i++)
        {
            _channel.OnReceive.Enqueue(Passing());
        }

        _channel.OnReceive.Enqueue(new ChannelException("Quota.", isTransient: true) { RetryAfter = TimeSpan.FromMinutes(10) });

        await RunAsync();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 600], _bot.Time.Delays.Select(pause => (int)pause.TotalSeconds));
    }

    [Fact]
    public async Task Wrong_settings_are_told_at_the_start_and_outlasted_later()
    {
        _channel.Check = static () => new(Healthy: false, "It goes to a webhook", "Empty webhookUrl.");
        var refused = await Assert.ThrowsAsync<ChannelException>(RunAsync);
        _channel.Check = static () => throw Passing();
        _channel.Write("m1", "Hello");
        _channel.OnReceive.Enqueue(new ChannelException("Wrong token.") { IsConfiguration = true });

        var done = await RunAsync();

        Assert.True(refused.IsConfiguration);
        Assert.Contains("Empty webhookUrl.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, done.Answered);
    }

    [Fact]
    public async Task Who_stops_it_while_the_model_answers_leaves_the_message_for_the_next_start()
    {
        _channel.Write("m1", "Hello");
        _bot.Model.Failure = new OperationCanceledException();
        await _stop.CancelAsync();

        var done = await RunAsync();

        Assert.Equal(new(0, 0, 0), done);
        Assert.Empty(_channel.Acknowledged);
        Assert.Empty(await _bot.SessionsAsync(archived: false));
    }

    private static ChannelException Passing() => new("It fails for now.", isTransient: true);

    private Task<BotReport> RunAsync() => _bot.Time.DriveAsync(() => _bot.Get<ChatBot>().RunAsync(_channel, _stop.Token));
}
