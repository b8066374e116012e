using FsCheck;
using FsCheck.Fluent;
using Recollect.State;
using Xunit;

namespace Recollect.Conformance.State;

/// <content>The conversations that were put on the work queue.</content>
public abstract partial class StateStoreConformance
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MinValue;

    [Fact]
    public async Task A_conversation_is_taken_once_it_is_due_those_due_longest_first()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync(
            [
                Queued("late") with { DueAt = Noon.AddTicks(1) },
                Queued("d") with { DueAt = Noon },
                Queued("c") with { UpdatedAt = Noon.AddTicks(-1) },
                Queued("b"),
                Queued("a"),
                Queued("a") with { Source = "other" },
            ],
            None);
        await state.Queued.NoteAsync([], None);
        Assert.Equal(5, (await state.Queued.CountAsync("files", None)).Waiting);
        Assert.Equal(["c", "a", "b"], await TakeAsync(state, Noon, Never, top: 3), StringComparer.Ordinal);
        Assert.Equal(["d"], await TakeAsync(state, Noon, Never), StringComparer.Ordinal);
        Assert.Empty(await TakeAsync(state, Noon, Never));
        Assert.Equal(["late"], await TakeAsync(state, Noon.AddTicks(1), Never), StringComparer.Ordinal);
        Assert.Equal(5, (await state.Queued.CountAsync("files", None)).Waiting);
        Assert.Equal(1, (await state.Queued.CountAsync("other", None)).Waiting);
    }

    [Fact]
    public async Task A_message_that_must_be_lost_is_sent_again()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a"), Queued("b")], None);
        Assert.Equal(["a"], await TakeAsync(state, Noon, Never, top: 1), StringComparer.Ordinal);
        Assert.Equal(["b"], await TakeAsync(state, Noon.AddTicks(5), Noon), StringComparer.Ordinal);
        Assert.Equal(["a"], await TakeAsync(state, Noon.AddTicks(6), Noon.AddTicks(1)), StringComparer.Ordinal);
        Assert.Equal(["a", "b"], await TakeAsync(state, Noon.AddTicks(9), Noon.AddTicks(7)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_oldest_one_sent_tells_how_long_answers_take()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a"), Queued("b"), Queued("c"), Queued("d") with { Source = "other" }], None);
        Assert.Equal(new(3, null), await state.Queued.CountAsync("files", None));
        await TakeAsync(state, Noon, Never, top: 1);
        await TakeAsync(state, Noon.AddTicks(5), Never, top: 1);
        Assert.Equal(new(3, Noon), await state.Queued.CountAsync("files", None));
        Assert.Equal(new(1, null), await state.Queued.CountAsync("other", None));
        await state.Queued.FinishAsync([Queued("a")], None);
        Assert.Equal(new(2, Noon.AddTicks(5)), await state.Queued.CountAsync("files", None));
        await state.Queued.PostponeAsync([Queued("b")], None);
        Assert.Equal(new(2, null), await state.Queued.CountAsync("files", None));
        await state.Queued.FinishAsync([Queued("b"), Queued("c")], None);
        Assert.Equal(new(0, null), await state.Queued.CountAsync("files", None));
    }

    [Fact]
    public async Task What_could_not_be_sent_is_due_again()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a") with { DueAt = Noon }, Queued("b"), Queued("done")], None);
        await state.Queued.FinishAsync([Queued("done")], None);
        await TakeAsync(state, Noon, Never);
        await state.Queued.UnsendAsync("files", ["a", "done", "unknown", "a"], None);
        await state.Queued.UnsendAsync("other", ["b"], None);
        await state.Queued.UnsendAsync("files", [], None);
        Assert.Empty(await TakeAsync(state, Noon.AddTicks(-1), Never));
        Assert.Equal(["a"], await TakeAsync(state, Noon, Never), StringComparer.Ordinal);
        Assert.Equal(2, (await state.Queued.CountAsync("files", None)).Waiting);
    }

    [Fact]
    public async Task Noting_one_that_waits_sends_it_no_second_time()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a") with { DueAt = Noon.AddTicks(5) }], None);
        await state.Queued.NoteAsync([Queued("a") with { DueAt = Noon.AddTicks(9) }], None);
        Assert.Empty(await TakeAsync(state, Noon.AddTicks(4), Never));
        await state.Queued.NoteAsync([Queued("a") with { DueAt = Noon.AddTicks(2), UpdatedAt = Noon.AddTicks(-3) }], None);
        Assert.Equal(["a"], await TakeAsync(state, Noon.AddTicks(2), Never), StringComparer.Ordinal);
        await state.Queued.NoteAsync([Queued("a") with { UpdatedAt = Noon.AddTicks(1) }], None);
        Assert.Empty(await TakeAsync(state, Noon.AddTicks(4), Never));
        await state.Queued.FinishAsync([Queued("a")], None);
        Assert.Equal(1, (await state.Queued.CountAsync("files", None)).Waiting);
    }

    [Fact]
    public async Task Named_ones_are_taken_once_whether_they_are_due_or_not()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a") with { DueAt = Noon.AddHours(1) }, Queued("b"), Queued("done"), Queued("a") with { Source = "other" }], None);
        await state.Queued.FinishAsync([Queued("done")], None);

        Assert.Equal(["b", "a"], await state.Queued.TakeAsync("files", ["b", "a", "done", "unknown", "b"], Noon, None), StringComparer.Ordinal);
        Assert.Empty(await state.Queued.TakeAsync("files", ["a", "b"], Noon, None));
        Assert.Empty(await state.Queued.TakeAsync("files", [], Noon, None));
        Assert.Equal(["b"], await TakeAsync(state, Noon.AddTicks(2), Noon.AddTicks(1)), StringComparer.Ordinal); // the message must be lost; of the other it is not due

        await state.Queued.NoteAsync([.. Enumerable.Range(0, 300).Select(n => Queued($"n{n}"))], None);
        string[] names = [.. Enumerable.Range(0, 300).Select(n => $"n{n}")];
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await state.Queued.TakeAsync("files", names, Noon, None))));
        Assert.Equal(names.Order(StringComparer.Ordinal), taken.SelectMany(one => one).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_unknown_or_done_for_an_earlier_state_is_new()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("waits"), Queued("done")], None);
        await state.Queued.FinishAsync([Queued("done")], None);
        var later = Queued("done") with { UpdatedAt = Noon.AddTicks(1) };
        QueuedConversation[] given = [Queued("unknown"), Queued("done"), Queued("waits") with { UpdatedAt = Noon.AddTicks(1) }, later, Queued("waits") with { Source = "other" }];

        Assert.Equal([given[0], later, given[4]], await state.Queued.FilterNewAsync(given, None));
        Assert.Empty(await state.Queued.FilterNewAsync([], None));
        Assert.Equal(1, (await state.Queued.CountAsync("files", None)).Waiting);
    }

    [Fact]
    public async Task What_is_done_stays_done_until_a_later_state_is_noted()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a"), Queued("b")], None);
        await TakeAsync(state, Noon, Never);
        await state.Queued.FinishAsync([Queued("a"), Queued("b") with { UpdatedAt = Noon.AddTicks(2) }, Queued("unknown")], None);
        await state.Queued.NoteAsync([Queued("a"), Queued("a") with { UpdatedAt = Noon.AddTicks(-1) }, Queued("b") with { UpdatedAt = Noon.AddTicks(2) }, Queued("unknown")], None);
        Assert.Equal(0, (await state.Queued.CountAsync("files", None)).Waiting);
        await state.Queued.NoteAsync([Queued("a") with { UpdatedAt = Noon.AddTicks(1), DueAt = Noon.AddTicks(3) }, Queued("b") with { UpdatedAt = Noon.AddTicks(3) }], None);
        Assert.Equal(["b"], await TakeAsync(state, Noon, Never), StringComparer.Ordinal);
        Assert.Equal(["a"], await TakeAsync(state, Noon.AddTicks(3), Never), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_changed_while_it_was_made_is_sent_again()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a")], None);
        await TakeAsync(state, Noon, Never);
        await state.Queued.NoteAsync([Queued("a") with { UpdatedAt = Noon.AddTicks(1) }], None);
        await state.Queued.FinishAsync([Queued("a")], None);
        Assert.Equal(["a"], await TakeAsync(state, Noon, Never), StringComparer.Ordinal);
        await state.Queued.FinishAsync([Queued("a") with { UpdatedAt = Noon.AddTicks(1) }], None);
        Assert.Equal(0, (await state.Queued.CountAsync("files", None)).Waiting);
    }

    [Fact]
    public async Task One_that_failed_is_due_at_its_moment()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a"), Queued("done")], None);
        await TakeAsync(state, Noon, Never);
        await state.Queued.FinishAsync([Queued("done")], None);
        await state.Queued.PostponeAsync([Queued("a") with { DueAt = Noon.AddTicks(8), UpdatedAt = Noon.AddTicks(1) }, Queued("done"), Queued("new") with { DueAt = Noon.AddTicks(9) }], None);
        Assert.Equal(2, (await state.Queued.CountAsync("files", None)).Waiting);
        Assert.Empty(await TakeAsync(state, Noon.AddTicks(7), Noon.AddTicks(7)));
        Assert.Equal(["a", "new"], await TakeAsync(state, Noon.AddTicks(9), Never), StringComparer.Ordinal);
        await state.Queued.FinishAsync([Queued("a")], None);
        Assert.Equal(2, (await state.Queued.CountAsync("files", None)).Waiting);
        await state.Queued.PostponeAsync([Queued("done") with { UpdatedAt = Noon.AddTicks(1), DueAt = Noon.AddTicks(10) }], None);
        Assert.Equal(["a", "done"], await TakeAsync(state, Noon.AddTicks(10), Never), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_done_for_old_states_is_dropped()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("waits") with { UpdatedAt = Noon.AddTicks(-5) }], None);
        await state.Queued.FinishAsync([Queued("old") with { UpdatedAt = Noon.AddTicks(-1) }, Queued("new"), Queued("old") with { Source = "other", UpdatedAt = Noon.AddTicks(-1) }], None);
        await state.Queued.DropDoneAsync("files", Noon, None);
        string[] threads = ["old", "new"];
        await state.Queued.NoteAsync([.. threads.Select(Queued).Select(one => one with { UpdatedAt = Noon.AddTicks(-1) }), Queued("old") with { Source = "other", UpdatedAt = Noon.AddTicks(-1) }], None);
        Assert.Equal(["waits", "old"], await TakeAsync(state, Noon, Never), StringComparer.Ordinal);
        Assert.Equal(0, (await state.Queued.CountAsync("other", None)).Waiting);
    }

    [Fact]
    public async Task A_later_state_brings_its_owner()
    {
        var state = await CreateAsync();
        await state.Queued.NoteAsync([Queued("a"), Queued("b")], None);
        await state.Queued.NoteAsync([Queued("a") with { User = "u2", UpdatedAt = Noon.AddTicks(1) }, Queued("b") with { User = "u2", UpdatedAt = Noon.AddTicks(-1), DueAt = Never }], None);
        Assert.Equal(1, await state.ForgetAsync("default", "u2", None));
        Assert.Equal(["b"], await TakeAsync(state, Noon, Never), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_take_at_once_no_two_get_the_same()
    {
        var state = await CreateAsync();
        string[] threads = [.. Enumerable.Range(0, 600).Select(number => $"c{number}")];
        await state.Queued.NoteAsync([.. threads.Select(Queued)], None);
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await TakeAsync(state, Noon, Never, top: 7) is { Count: > 0 } some)
            {
                mine.AddRange(some);
            }

            return mine;
        })));
        Assert.Equal(threads.Order(StringComparer.Ordinal), taken.SelectMany(some => some).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(await TakeAsync(state, Noon, Never));
    }

    [Fact]
    public async Task Whatever_is_done_in_whatever_order_a_plain_model_agrees()
    {
        var state = await CreateAsync();
        var number = 0;
        Prop.ForAll(QueuedStep.Sequences.ToArbitrary(), async steps =>
        {
            var source = $"s{Interlocked.Increment(ref number)}";
            var model = new QueuedModel();
            foreach (var step in steps.Concat(QueuedStep.Probes))
            {
                Assert.Equal(step.Apply(model), await step.ApplyAsync(state.Queued, source), StringComparer.Ordinal);
                Assert.Equal(model.Count, await state.Queued.CountAsync(source, None));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static QueuedConversation Queued(string thread) => new() { Source = "files", Thread = thread, Tenant = "default", User = "u1", UpdatedAt = Noon };

    private static ValueTask<IReadOnlyList<string>> TakeAsync(IStateStore state, DateTimeOffset now, DateTimeOffset resendBefore, int top = 100) =>
        state.Queued.TakeDueAsync("files", now, resendBefore, top, None);
}
