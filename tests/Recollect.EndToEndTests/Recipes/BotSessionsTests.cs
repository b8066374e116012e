using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe <c>bot-sessions</c> from end to end: many chats, and a bot that is killed, switched and reset.</summary>
[Collection(ChromaTests.Name)]
public sealed partial class BotSessionsTests(ChromaServer chroma, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Client = 4_000;
    private const int Godfather = 100_000;

    private static readonly (int Chats, int Messages, int Kills, int AtOnce) Size = Workplace.IsFull ? (200, 10_000, 30, 20) : (10, 90, 4, 5);
    private static readonly TiktokenTokenizer Exact = TiktokenTokenizer.CreateForEncoding("o200k_base");

    private readonly ConcurrentDictionary<string, bool> _isRemembered = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _wrong = [];
    private readonly Random _random = new(20_261_127);
    private BotPlace _here = null!;
    private bool _isOn = true;
    private int _asked;
    private int _most;

    private static int Half => Size.Messages / Size.Chats / 2; // of each chat, before and after a pause

    public async ValueTask InitializeAsync() => _here = await BotPlace.CreateAsync(chroma);

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task Whatever_happens_every_message_is_answered_and_every_session_becomes_one_memory()
    {
        _here.Place.Variables["GODFATHER_PHONE"] = Number(1);
        _here.Place.Variables["RECOLLECT__Sessions__Timeout"] = "00:00:04";
        _here.Place.Variables["RECOLLECT__Sessions__SweepInterval"] = "00:00:01";
        _here.Model.Script(Answer);
        var kills = 0;
        var bot = _here.StartBot();

        foreach (var messages in Phases())
        {
            messages.ForEach(message => _here.People.Write(message.Chat, message.Id, message.Text, message.Sender));
            var next = _asked + _random.Next(1, Math.Max(2, messages.Count / 3));
            while (_here.People.Waiting > 0)
            {
                Assert.False(await bot.EndsWithinAsync(TimeSpan.FromMilliseconds(20)));
                if (kills < Size.Kills && _asked >= next)
                {
                    await bot.KillAsync();
                    bot.Dispose();
                    bot = _here.StartBot();
                    kills++;
                    next = _asked + _random.Next(1, Math.Max(2, messages.Count / 3));
                }
            }
        }

        SwitchMemory(isOn: true);
        await bot.UntilAsync(() => _here.LiveSessions() == 0);
        await BotPlace.StopAsync(bot);
        bot.Dispose();
        Assert.Equal(Size.Kills, kills);
        AssertAnswered(kills);
        await AssertRememberedAsync();
        Assert.Empty(_wrong);
        output.WriteLine($"{_here.People.Sent.Count} answers, {_asked} asked of the model, {kills} kills, at most {_most} tokens");
    }

    [Fact]
    public async Task Switched_off_nothing_is_kept_and_nothing_is_asked_of_Chroma()
    {
        SwitchMemory(isOn: false);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _here.Place.Variables["CHROMA_URL"] = $"http://{listener.LocalEndpoint}"; // where it is seen who connects
        _here.Model.Script(Answer);
        var bot = _here.StartBot();
        _here.People.Write(Chat(3), "m1", Text(3, 1));
        _here.People.Write(Chat(3), "m2", "/reset");
        _here.People.Write(Chat(3), "m3", Text(3, 2));
        await bot.UntilAsync(() => _here.Calls("deleteNotification") == 3);

        await BotPlace.StopAsync(bot);

        Assert.Equal(["[c3] answer 1", "A fresh conversation begins.", "[c3] answer 2"], _here.People.Sent.Select(sent => sent.Text), StringComparer.Ordinal);
        Assert.False(Directory.Exists(_here.Sessions));
        Assert.False(listener.Pending());
        Assert.Empty(_here.Embedder.Calls);
        Assert.DoesNotContain("Chroma", Logs(), StringComparison.Ordinal);
        Assert.DoesNotContain(GreenApiServer.Token, Logs(), StringComparison.Ordinal);
        Assert.Empty(_wrong);
        bot.Dispose();
    }

    [Fact]
    public async Task Each_kind_of_message_gets_what_it_should()
    {
        _here.Place.Variables["RECOLLECT__Sessions__Blocked__0"] = Number(9);
        _here.Model.Script(call => call.User.Contains("message 5", StringComparison.Ordinal) ? ChatAnswer.Error(500, "server_error", code: null) : Answer(call));
        var bot = _here.StartBot();
        _here.People.Write(Chat(2), "m1", Text(2, 1));
        _here.People.Write(Chat(2), "m1", Text(2, 1)); // the same again
        _here.People.Write(Chat(9), "m1", Text(9, 1)); // blocked
        _here.People.Write(Group(4), "m1", Text(4, 1), Chat(2)); // not named
        _here.People.Write(Group(4), "m2", $"@denidin {Text(4, 2)}", Chat(2));
        _here.People.Notify(Json("""{"typeWebhook":"outgoingMessageStatus"}"""));
        _here.People.Notify(Json($$$"""{"typeWebhook":"incomingMessageReceived","idMessage":"m7","timestamp":1,"senderData":{"chatId":"{{{Chat(2)}}}"},"messageData":{"typeMessage":"imageMessage"}}"""));
        _here.People.Write(Chat(2), "m2", Text(2, 5)); // the model fails
        _here.People.Write(Chat(2), "m3", Text(2, 6));
        _here.People.Write(Chat(2), "m4", " /RESET\n");
        await bot.UntilAsync(() => _here.Calls("deleteNotification") == 10);

        var done = await BotPlace.StopAsync(bot);

        Assert.Equal(
            [
                (Chat(2), "[c2] answer 1"), (Group(4), "[c4] answer 2"), (Chat(2), "I currently only support text messages. Please send your message as text."),
                (Chat(2), "Sorry, I cannot answer right now. Your message is kept; please try again in a moment."), (Chat(2), "[c2] answer 6"), (Chat(2), "Your conversation was saved. A fresh one begins."),
            ],
            _here.People.Sent.Select(sent => (sent.Chat, sent.Text)));
        var saved = Assert.Single(_here.ArchivedSessions());
        Assert.Equal([Text(2, 1), "[c2] answer 1", Text(2, 5), Text(2, 6), "[c2] answer 6"], saved.Texts);
        Assert.Equal((6, 1, 3), (done.GetProperty("answered").GetInt32(), done.GetProperty("failed").GetInt32(), done.GetProperty("ignored").GetInt32()));
        Assert.DoesNotContain("message", Logs().Replace("messages", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal); // no words of people
        bot.Dispose();
    }

    [Fact]
    public async Task What_earlier_sessions_were_about_is_recalled_after_a_restart_and_by_their_own_chat_alone()
    {
        (string Said, string Asked)[] topics =
        [
            ("The plumber comes on Thursday to mend the boiler in the cellar.", "Which day is the boiler looked after?"),
            ("My sister Ruth flies from Lisbon to Vienna with her cello.", "Where does Ruth take her cello?"),
            ("The invoice of the printer is paid, number 4711.", "Has that invoice of the printer been settled?"),
            ("I am allergic to walnuts and to nothing else.", "Which nuts must I avoid, walnuts perhaps?"),
            ("The password hint of the allotment shed is the colour of the gate.", "What was the hint for the shed?"),
            ("We named the hedgehog in the garden Archibald.", "What is the hedgehog called?"),
            ("The choir sings Brahms in November, the rehearsal is on Mondays.", "What does the choir sing this autumn?"),
            ("Our tent leaks at the left seam; bring tape to the lake.", "Why should I bring tape for the tent?"),
            ("The passport runs out in March, the office wants two pictures.", "When does my passport run out?"),
            ("Grandfather's recipe for gulasch needs caraway and no flour.", "Is there flour in the gulasch recipe?"),
        ];
        _here.Place.Variables["RECOLLECT__Sessions__LongTerm__TopK"] = "2";
        ConcurrentDictionary<string, string> given = new(StringComparer.Ordinal);
        _here.Model.Script(call =>
        {
            if (call.Format is null)
            {
                given[call.User] = call.System;
            }

            return call.Format is null ? ChatAnswer.Says("Noted.") : null;
        });
        using (var bot = _here.StartBot())
        {
            for (var i = 0; i < topics.Length; i++)
            {
                _here.People.Write(Chat(1), string.Create(CultureInfo.InvariantCulture, $"said {i}"), topics[i].Said);
                _here.People.Write(Chat(1), string.Create(CultureInfo.InvariantCulture, $"reset {i}"), "/reset");
            }

            await bot.UntilAsync(() => _here.People.Waiting == 0);
            await BotPlace.StopAsync(bot);
        }

        using var restarted = _here.StartBot();
        for (var i = 0; i < topics.Length; i++)
        {
            _here.People.Write(Chat(1), string.Create(CultureInfo.InvariantCulture, $"asked {i}"), topics[i].Asked);
            _here.People.Write(Chat(2), string.Create(CultureInfo.InvariantCulture, $"asked {i}"), $"{topics[i].Asked} (from another chat)");
        }

        await restarted.UntilAsync(() => _here.People.Waiting == 0);
        await BotPlace.StopAsync(restarted);

        var found = topics.Count(topic => given[topic.Asked].Contains(topic.Said[..30], StringComparison.Ordinal));
        output.WriteLine($"{found} of {topics.Length} questions were given the session that answers them");
        Assert.InRange(found, 9, 10);
        Assert.All(topics, topic => Assert.DoesNotContain("RECALLED", given[$"{topic.Asked} (from another chat)"], StringComparison.Ordinal));
    }

    private static System.Text.Json.Nodes.JsonNode Json(string text) => System.Text.Json.Nodes.JsonNode.Parse(text)!;

    private static string Number(int chat) => string.Create(CultureInfo.InvariantCulture, $"97250{chat:D7}");

    private static string Chat(int chat) => $"{Number(chat)}@c.us";

    private static string Group(int chat) => string.Create(CultureInfo.InvariantCulture, $"12036304396{chat:D7}@g.us");

    private static string Text(int chat, int number) => string.Create(CultureInfo.InvariantCulture, $"[c{chat}] message {number}");

    private void SwitchMemory(bool isOn)
    {
        _here.SwitchMemory(isOn);
        _isOn = isOn;
    }

    private string Logs() => string.Concat(Directory.GetFiles(_here.Place.PathOf("logs")).Select(File.ReadAllText));

    /// <summary>All messages: some chats at a time, each twice with a pause between, so that sessions expire; now and then a reset.</summary>
    private IEnumerable<List<(string Chat, string Id, string Text, string? Sender)>> Phases()
    {
        for (var half = 0; half < 2; half++)
        {
            for (var first = 1; first <= Size.Chats; first += Size.AtOnce)
            {
                var (from, part) = (first, half);
                var all = Enumerable.Range(from, Size.AtOnce).SelectMany(chat => Enumerable.Range((part * Half) + 1, Half).Select(number => (chat, number)));
                yield return [.. all.OrderBy(_ => _random.Next()).GroupBy(one => one.chat).SelectMany(chat => chat.OrderBy(one => one.number).Select((one, place) => (one, at: place + (_random.NextDouble() * 3))))
                    .OrderBy(pair => pair.at).Select(pair => Message(pair.one.chat, pair.one.number))];
            }
        }
    }

    private static (string Chat, string Id, string Text, string? Sender) Message(int chat, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"M{number}");
        var isLong = number % 9 == 4;
        var text = $"{Text(chat, number)}{(isLong ? " " + string.Concat(Enumerable.Repeat("wörter und mehr שלום ", 400)) : string.Empty)}";
        return chat % 5 == 0 ? (Group(chat), id, number % 4 == 3 ? text : $"DeniDin, {text}", Chat(chat + 1_000)) : (Chat(chat), id, number % 17 == 11 ? "/reset" : text, null);
    }

    private static bool IsAsked(int chat, int number) => chat % 5 == 0 ? number % 4 != 3 : number % 17 != 11;

    /// <summary>Answers as a model that looks whether what it is given is one chat's alone, and fits.</summary>
    private ChatAnswer? Answer(ChatCall call)
    {
        if (call.Format is not null)
        {
            return null; // a summary
        }

        var (chat, number) = Tag().Match(call.User) is { Success: true } tag ? (tag.Groups["chat"].Value, tag.Groups["number"].Value) : ("?", "?");
        var contents = call.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()!).ToArray();
        foreach (Match other in Tags().Matches(string.Join('\n', contents)))
        {
            if (!string.Equals(other.Groups["chat"].Value, chat, StringComparison.Ordinal))
            {
                _wrong.Add($"chat {chat} was shown words of chat {other.Groups["chat"].Value}");
            }
        }

        var tokens = contents.Sum(text => Exact.CountTokens(text) + 4) + 3; // with what frames messages
        _most = Math.Max(_most, tokens);
        if (tokens > (chat is "1" ? Godfather : Client))
        {
            _wrong.Add($"{tokens} tokens for chat {chat}");
        }

        _isRemembered[$"{chat}/{number}"] = _isOn;
        var asked = Interlocked.Increment(ref _asked);
        if (asked == Size.Messages / 3 || asked == Size.Messages / 2)
        {
            SwitchMemory(asked == Size.Messages / 2);
        }

        return ChatAnswer.Says($"[c{chat}] answer {number}");
    }

    private void AssertAnswered(int kills)
    {
        var sent = _here.People.Sent.CountBy(one => one.Text).ToDictionary(StringComparer.Ordinal);
        var again = 0;
        for (var chat = 1; chat <= Size.Chats; chat++)
        {
            for (var number = 1; number <= Half * 2; number++)
            {
                if (IsAsked(chat, number))
                {
                    var times = sent.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"[c{chat}] answer {number}"));
                    Assert.True(times >= 1, $"message {number} of chat {chat} was not answered");
                    again += times - 1;
                }
            }
        }

        Assert.InRange(again, 0, kills);
    }

    private async Task AssertRememberedAsync()
    {
        var sessions = _here.ArchivedSessions();
        var kept = sessions.SelectMany(session => session.Texts.Where(text => text.Contains("message", StringComparison.Ordinal)).Select(text => Tag().Match(text)).Select(tag => $"{tag.Groups["chat"].Value}/{tag.Groups["number"].Value}")).ToArray();
        Assert.Equal(_isRemembered.Where(pair => pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        Assert.All(sessions, session => Assert.Single(session.Texts.Select(text => Tags().Match(text).Groups["chat"].Value).Distinct(StringComparer.Ordinal)));
        var memories = (await _here.Place.ExportAsync()).Select(line => JsonElement.Parse(line).GetProperty("record").GetProperty("memory").GetProperty("thread").GetProperty("thread").GetString()!).ToArray();
        Assert.Equal(sessions.Select(session => session.Id).Order(StringComparer.Ordinal), memories.Order(StringComparer.Ordinal));
        output.WriteLine($"{sessions.Count} sessions, {memories.Length} memories");
    }

    [GeneratedRegex(@"\[c(?<chat>\d+)\] message (?<number>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\[c(?<chat>\d+)\]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Tags();
}
