using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P4 and P5.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Ids_depend_neither_on_the_time_of_processing_nor_on_the_order_of_arrival()
    {
        using var other = new Stage();
        foreach (var minutes in new[] { 0, 10, 100, 300, 310 })
        {
            _stage.Say(Stage.Thread(), minutes);
        }

        foreach (var minutes in new[] { 310, 100, 0, 300, 10 })
        {
            other.Say(Stage.Thread(), minutes);
        }

        _stage.Time.Advance(TimeSpan.FromDays(1));
        other.Time.Advance(TimeSpan.FromDays(400));
        await _stage.BackfillAsync();
        await other.BackfillAsync();

        var ids = (await _stage.StoredAsync()).ConvertAll(record => record.Memory.Id);
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids, (await other.StoredAsync()).ConvertAll(record => record.Memory.Id));
    }

    [Fact]
    public async Task Growth_at_the_end_keeps_the_id()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(2));
        await _stage.BackfillAsync();
        var id = Assert.Single(await _stage.StoredAsync()).Memory.Id;
        _stage.Say(Stage.Thread(), 60);
        _stage.Time.Advance(TimeSpan.FromHours(1));

        var report = await _stage.BackfillAsync();

        Assert.Equal((0, 1), (report.Created, report.Updated));
        Assert.Equal((id, 2), (Assert.Single(await _stage.StoredAsync()).Memory.Id, (await _stage.StoredAsync())[0].Messages.Count));
    }

    [Fact]
    public async Task A_late_message_that_joins_two_conversations_retires_the_second()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Say(Stage.Thread(), 100);
        _stage.Time.Advance(TimeSpan.FromHours(4));
        await _stage.BackfillAsync();
        _stage.Say(Stage.Thread(), 50);

        var report = await _stage.NightlyAsync();

        Assert.Equal((1, 1, 1), (report.Read, report.Updated, report.Retired));
        Assert.Equal(["m0", "m50", "m100"], Assert.Single(await _stage.StoredAsync()).Memory.MessageIds);
    }

    [Fact]
    public async Task A_late_message_before_the_first_retires_the_memory_that_no_longer_stands()
    {
        _stage.Say(Stage.Thread(), 30);
        _stage.Time.Advance(TimeSpan.FromHours(4));
        await _stage.BackfillAsync();
        _stage.Say(Stage.Thread(), 0);

        var report = await _stage.NightlyAsync();

        Assert.Equal((1, 1, 1), (report.Read, report.Created, report.Retired));
        Assert.Equal(["m0", "m30"], Assert.Single(await _stage.StoredAsync()).Memory.MessageIds);
    }

    [Fact]
    public async Task Users_of_one_thread_have_conversations_of_their_own()
    {
        _stage.Say(Stage.Thread("shared", user: "dana"), 0, id: "1");
        _stage.Say(Stage.Thread("shared", user: "omar"), 1, id: "1");
        _stage.Say(Stage.Thread("shared") with { Session = "s1" }, 2, id: "1");
        _stage.Time.Advance(TimeSpan.FromHours(4));

        Assert.Equal(3, (await _stage.BackfillAsync()).Created);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_conversation_has_ended_when_the_silence_is_longer_than_the_window(long ticksBeyond, bool isOpen)
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.AdvanceTo(Stage.Start.AddHours(1).AddTicks(ticksBeyond));

        var report = await _stage.BackfillAsync();

        Assert.Equal((1, isOpen ? 0 : 1), (report.Read, report.Created));
        Assert.Equal(isOpen ? 1 : 0, report.Skipped.GetValueOrDefault(SkipReasons.StillOpen));
    }

    [Fact]
    public async Task An_open_conversation_is_picked_up_later_and_complete()
    {
        _stage.Source.Depth = ReadDepth.Conversations;
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.AdvanceTo(Stage.Start.AddMinutes(30));
        Assert.Equal(1, (await _stage.NightlyAsync()).Skipped[SkipReasons.StillOpen]);
        _stage.Say(Stage.Thread(), 29);
        _stage.Time.AdvanceTo(Stage.Start.AddMinutes(80));
        Assert.Equal(1, (await _stage.NightlyAsync()).Skipped[SkipReasons.StillOpen]);
        Assert.Empty(await _stage.StoredAsync());

        _stage.Time.AdvanceTo(Stage.Start.AddDays(9));
        var report = await _stage.NightlyAsync();

        Assert.Equal(1, report.Created);
        Assert.Equal(["m0", "m29"], Assert.Single(await _stage.StoredAsync()).Memory.MessageIds);
    }

    [Fact]
    public async Task A_memory_whose_messages_are_all_too_few_together_now_is_retired()
    {
        using var stage = new Stage(new() { MinMessages = 2 });
        foreach (var minutes in new[] { 0, 10, 20 })
        {
            stage.Say(Stage.Thread(), minutes);
        }

        stage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await stage.BackfillAsync()).Created);
        stage.Source.Thread(Stage.Thread()).Replace("m10", message => message with { SentAt = Stage.Start.AddHours(3) }, stage.Time.GetUtcNow());
        stage.Source.Thread(Stage.Thread()).Replace("m20", message => message with { SentAt = Stage.Start.AddHours(6) }, stage.Time.GetUtcNow());

        var report = await stage.BackfillAsync();

        Assert.Equal((3, 3, 1), (report.Read, report.Skipped[SkipReasons.TooShort], report.Retired));
        Assert.Empty(await stage.StoredAsync());
    }

    [Fact]
    public async Task Asking_for_more_messages_than_a_memory_has_retires_it()
    {
        foreach (var minutes in new[] { 0, 10, 200, 210, 220 })
        {
            _stage.Say(Stage.Thread(), minutes);
        }

        _stage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await _stage.BackfillAsync()).Created);
        using var plan = new FaultPlan();
        using var engine = new Engine(_stage.Root, _stage.Source, _stage.Parts, _stage.Time, _stage.Settings with { MinMessages = 3 }, plan);

        var report = await engine.RunAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((1, 1, 1), (report.Unchanged, report.Skipped[SkipReasons.TooShort], report.Retired));
        Assert.Equal(["m200", "m210", "m220"], Assert.Single(await engine.StoredAsync()).Memory.MessageIds);
        Assert.Equal(0, (await engine.RunAsync(new() { Mode = RunMode.Backfill })).Retired);
    }

    [Fact]
    public async Task An_open_conversation_that_ends_too_short_is_not_asked_for_for_ever()
    {
        using var stage = new Stage(new() { MinMessages = 2 });
        stage.Say(Stage.Thread(), 0);
        stage.Time.AdvanceTo(Stage.Start.AddMinutes(30));
        await stage.BackfillAsync();
        stage.Time.AdvanceTo(Stage.Start.AddDays(1));
        Assert.Equal(1, (await stage.NightlyAsync()).Skipped[SkipReasons.TooShort]);

        await stage.NightlyAsync();

        Assert.NotEmpty(stage.Source.Requests[^2].Conversations);
        Assert.Empty(stage.Source.Requests[^1].Conversations);
    }
}
