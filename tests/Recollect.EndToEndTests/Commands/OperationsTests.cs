using System.Globalization;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>What the operator of a bot does from day to day.</summary>
public sealed class OperationsTests : IDisposable
{
    private const string Chat = "972501234567@c.us";

    private readonly Workplace _place = new();

    [Fact]
    public async Task Sessions_are_listed_and_shown_without_model_store_and_keys()
    {
        await _place.JsonAsync("init", "--recipe", "bot-sessions");
        WriteSession("s1", Chat, DateTimeOffset.UtcNow, "red \u001b[31malert");

        var list = await _place.JsonAsync("sessions", "list");
        var archived = await _place.JsonAsync("sessions", "list", "--archived");
        var ofChat = await _place.JsonAsync("sessions", "show", Chat);
        var ofId = await _place.RunAsync("sessions", "show", "s1");
        var none = await _place.RunAsync("sessions", "show", "nobody");

        Assert.Equal("{sessions: [{id: text, chat: text, status: text, messages: number, tokens: number, created_at: text, last_active: text, ends_at: text, storage_path: null}]}", JsonShape.Of(list));
        Assert.Equal(("s1", Chat, "live"), (list.GetProperty("sessions")[0].GetProperty("id").GetString(), list.GetProperty("sessions")[0].GetProperty("chat").GetString(), list.GetProperty("sessions")[0].GetProperty("status").GetString()));
        Assert.Equal(0, archived.GetProperty("sessions").GetArrayLength());
        Assert.Equal("red \u001b[31malert", ofChat.GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Contains("user: red \uFFFD[31malert", ofId.Output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (none.ExitCode, none.Output));
        Assert.Contains("\"nobody\"; \"recollect sessions list\" shows which there are", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_makes_memories_of_what_has_ended_and_a_reset_ends_the_rest()
    {
        WriteSession("s1", Chat, DateTimeOffset.UtcNow.AddDays(-2), "My address is Elm Street 5");
        WriteSession("s2", "other@c.us", DateTimeOffset.UtcNow, "The hotel is in Lisbon");

        var swept = await _place.JsonAsync("sessions", "sweep");
        var reset = await _place.JsonAsync("sessions", "reset", "other@c.us");
        var again = await _place.JsonAsync("sessions", "reset", "other@c.us");
        var archived = await _place.JsonAsync("sessions", "list", "--archived");

        Assert.Equal((1L, 1L, 0L), (swept.Number("ended"), swept.Number("archived"), swept.Number("left")));
        Assert.Equal((true, true), (reset.GetProperty("had_messages").GetBoolean(), reset.GetProperty("is_saved").GetBoolean()));
        Assert.False(again.GetProperty("had_messages").GetBoolean());
        Assert.Equal(2, archived.GetProperty("sessions").GetArrayLength());
        Assert.Equal(2, (await _place.JsonAsync("status")).Number("memories"));
    }

    [Fact]
    public async Task A_sweep_where_memory_is_switched_off_says_so_and_changes_nothing()
    {
        WriteSession("s1", Chat, DateTimeOffset.UtcNow.AddDays(-2), "My address is Elm Street 5");
        _place.Variables["RECOLLECT__FeatureManagement__enable_memory_system"] = "false";

        var swept = await _place.RunAsync("sessions", "sweep");

        Assert.Equal(2, swept.ExitCode);
        Assert.Contains("Memory is off", swept.Error, StringComparison.Ordinal);
        Assert.Equal("ended", (await _place.JsonAsync("sessions", "list")).GetProperty("sessions")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_was_backed_up_is_recalled_on_another_machine()
    {
        _place.Write("recollect.json", """{ "Recall": { } }""");
        _place.Write("chats.jsonl", Chats.Small);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        WriteSession("s1", Chat, DateTimeOffset.UtcNow, "My address is Elm Street 5");

        var made = await _place.JsonAsync("backup", "--to", "safe");
        var refused = await _place.RunAsync("restore", made.GetProperty("file").GetString()!);
        var restored = await _place.JsonAsync("restore", made.GetProperty("file").GetString()!, "--data-root", "elsewhere/data");

        Assert.Matches(@"/safe/recollect-\d{8}-\d{6}\.tar\.gz$", made.GetProperty("file").GetString());
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is not empty", refused.Error, StringComparison.Ordinal);
        Assert.Equal((3L, 1L, true), (restored.Number("memories"), restored.Number("sessions"), restored.GetProperty("state").GetBoolean()));
        Assert.Equal(await RecallAsync("data"), await RecallAsync("elsewhere/data"));
        Assert.Equal((await _place.JsonAsync("sessions", "show", "s1")).GetRawText(), (await _place.JsonAsync("sessions", "show", "s1", "--data-root", "elsewhere/data")).GetRawText());
        Assert.NotEmpty(Directory.EnumerateFiles(_place.PathOf("elsewhere/logs"), "recollect_backfill_*.log"));
    }

    [Fact]
    public async Task A_backup_and_a_restore_that_are_killed_leave_nothing_that_could_be_taken_for_one()
    {
        _place.Write("chats.jsonl", Chats.Many(600, messages: 4));
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        WriteSession("s1", Chat, DateTimeOffset.UtcNow, "My address is Elm Street 5");

        using (var backup = _place.Start("backup", "--to", "safe"))
        {
            await backup.UntilAsync(() => Directory.Exists(_place.PathOf("safe")) && Directory.EnumerateFiles(_place.PathOf("safe"), ".recollect-*.partial").Any());
            await backup.KillAsync();
        }

        Assert.Empty(Directory.EnumerateFiles(_place.PathOf("safe"), "recollect-*"));
        var made = (await _place.JsonAsync("backup", "--to", "safe")).GetProperty("file").GetString()!;
        using (var restore = _place.Start("restore", made, "--data-root", "elsewhere"))
        {
            await restore.UntilAsync(() => File.Exists(_place.PathOf("elsewhere/memories.db")));
            await restore.KillAsync();
        }

        var restored = await _place.JsonAsync("restore", made, "--data-root", "elsewhere");

        Assert.Equal(600, restored.Number("memories") + restored.Number("memories_there"));
        Assert.Equal(await _place.ExportAsync(), await _place.ExportAsync("elsewhere"));
        Assert.Equal((await _place.JsonAsync("sessions", "show", "s1")).GetRawText(), (await _place.JsonAsync("sessions", "show", "s1", "--data-root", "elsewhere")).GetRawText());
        Assert.False(File.Exists(_place.PathOf("elsewhere/.restoring")));
    }

    [Fact]
    public async Task A_forgotten_user_is_told_of_the_backups_that_still_hold_them()
    {
        _place.Write("chats.jsonl", Chats.Small);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var made = await _place.JsonAsync("backup");

        var receipt = await _place.JsonAsync("forget", "--user", "dana");
        var restored = await _place.JsonAsync("restore", made.GetProperty("file").GetString()!, "--force");

        Assert.Equal(Path.GetFileName(made.GetProperty("file").GetString()), Path.GetFileName(Assert.Single(receipt.GetProperty("backups").EnumerateArray()).GetString()));
        Assert.Equal((0L, 1L, 2L), (restored.Number("memories"), restored.Number("memories_there"), restored.Number("forgotten")));
    }

    [Fact]
    public async Task Status_and_doctor_look_at_the_bot_where_there_is_one()
    {
        var without = await _place.JsonAsync("status");
        WriteSession("s1", Chat, DateTimeOffset.UtcNow, "My address is Elm Street 5");
        WriteSession("s2", "other@c.us", DateTimeOffset.UtcNow.AddHours(-25), "It is over");
        _place.Variables["RECOLLECT__Sources__Use"] = "sessions";

        var with = await _place.JsonAsync("status");
        var text = await _place.RunAsync("status");
        var doctor = await _place.JsonAsync("doctor");
        _place.Variables["RECOLLECT__Bot__WhatsApp__Instance"] = "1101000001";
        _place.Variables["RECOLLECT__Bot__WhatsApp__Token"] = "secrettoken";
        _place.Variables["RECOLLECT__Bot__WhatsApp__Url"] = "http://127.0.0.1:9";
        var channel = await _place.RunAsync("doctor", "--json");

        Assert.False(without.TryGetProperty("bot", out _));
        Assert.Equal(
            ["response_time_p95 unknown", "live_sessions ok", "data_size ok", "error_rate unknown", "auto_expiry ok"],
            with.GetProperty("bot").EnumerateArray().Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("level").GetString()}"),
            StringComparer.Ordinal);
        Assert.Equal((1, 100), (with.GetProperty("bot")[1].GetProperty("value").GetDouble(), with.GetProperty("bot")[4].GetProperty("value").GetDouble()));
        Assert.Contains("ok       live sessions: 1 (warning from 1,000, alert from 5,000)", text.Output, StringComparison.Ordinal);
        Assert.Contains(doctor.GetProperty("parts").EnumerateArray(), one => one.GetProperty("part").GetString() is "sessions files" && one.GetProperty("healthy").GetBoolean());
        Assert.Equal(3, channel.ExitCode);
        Assert.Equal("channel whatsapp", Workplace.JsonOf(channel).GetProperty("parts").EnumerateArray().Single(one => !one.GetProperty("healthy").GetBoolean()).GetProperty("part").GetString());
        Assert.DoesNotContain("secrettoken", channel.Output + channel.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("36501")]
    [InlineData("soon")]
    public async Task Days_that_are_none_are_refused_by_name(string days)
    {
        var result = await _place.RunAsync("backup", "--keep-days", days);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--keep-days", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.PathOf("data/backups")));
    }

    public void Dispose() => _place.Dispose();

    private async Task<string> RecallAsync(string dataRoot) => (await _place.JsonAsync("recall", "What is my address?", "--user", "dana", "--data-root", dataRoot)).GetRawText();

    /// <summary>Writes a session as the bot does.</summary>
    private void WriteSession(string id, string chat, DateTimeOffset when, string text)
    {
        var time = when.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
        _place.Write($"data/sessions/{id}/session.json", $$"""{ "session_id": "{{id}}", "whatsapp_chat": "{{chat}}", "message_ids": ["m1", "m2"], "created_at": "{{time}}", "last_active": "{{time}}", "total_tokens": 12, "transferred_to_longterm": false }""");
        foreach (var (message, role, order, content) in new[] { ("m1", "user", 1, text), ("m2", "assistant", 2, "I see.") })
        {
            _place.Write(
                $"data/sessions/{id}/messages/{message}.json",
                $$"""{ "message_id": "{{message}}", "role": "{{role}}", "content": {{System.Text.Json.JsonSerializer.Serialize(content)}}, "sender": "x", "timestamp": "{{time}}", "order_num": {{order}} }""");
        }
    }
}
