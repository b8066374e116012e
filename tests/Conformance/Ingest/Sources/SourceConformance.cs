using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Xunit;

namespace Recollect.Conformance.Ingest.Sources;

/// <summary>What every source promises.</summary>
public abstract class SourceConformance
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Gets a value indicating whether messages keep the ids they were put in with; false where the system gives its own.</summary>
    protected virtual bool KeepsIds => true;

    /// <summary>Gets a value indicating whether threads keep their workspace; false where the system has none.</summary>
    protected virtual bool KeepsWorkspaces => true;

    /// <summary>Puts messages into a real source. Their source name is left to the source.</summary>
    /// <param name="messages">The messages; of each thread in the order of time.</param>
    protected abstract ValueTask<ISource> CreateAsync(IReadOnlyList<SourceMessage> messages);

    [Fact]
    public async Task Everything_put_in_comes_out()
    {
        SourceMessage[] given =
        [
            Message("t1", "m1", Roles.User, "How do I make sourdough?", 0),
            Message("t1", "m2", Roles.Assistant, "Flour, water, salt — and time 🥖👩‍🍳.", 1),
            Message("t1", "m3", Roles.User, "שלום, מה שלומך? مرحبا", 2),
            Message("t1", "m4", Roles.Assistant, "line one\nline two\t\"quoted\" \\ end", 3),
        ];

        var read = await ReadAsync(await CreateAsync(given));

        Assert.Equal(given.Select(Expected), read.Select(Describe));
        Assert.All(read, message => Assert.Equal(TimeSpan.Zero, message.Message.SentAt.Offset));
        if (KeepsIds)
        {
            Assert.Equal(given.Select(message => message.Message.Id), read.Select(message => message.Message.Id), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Reading_twice_gives_the_same()
    {
        var source = await CreateAsync([.. Enumerable.Range(0, 40).Select(i => Message($"t{i % 3}", $"m{i}", Roles.User, $"text {i}", i))]);

        var first = await ReadAsync(source);
        var second = await ReadAsync(source);

        Assert.Equal(40, first.Count);
        Assert.Equal(first.Select(WithIds), second.Select(WithIds));
    }

    [Fact]
    public async Task Two_threads_never_mix()
    {
        var source = await CreateAsync(
        [
            Message("left", "m1", Roles.User, "left one", 0),
            Message("right", "m1", Roles.User, "right one", 0),
            Message("left", "m2", Roles.Assistant, "left two", 1),
            Message("right", "m2", Roles.Assistant, "right two", 1),
        ]);

        var threads = (await ReadAsync(source)).GroupBy(message => message.Thread.Key).ToList();

        Assert.Equal(2, threads.Count);
        Assert.All(threads, thread => Assert.Single(thread.Select(message => message.Message.Text.Split(' ')[0]).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Ids_are_unique_within_a_thread_and_do_not_change()
    {
        SourceMessage[] given = [.. Enumerable.Range(0, 20).Select(i => Message("t1", $"m{i}", i % 2 == 0 ? Roles.User : Roles.Assistant, $"text {i}", i))];

        var first = await ReadAsync(await CreateAsync(given));
        var second = await ReadAsync(await CreateAsync(given));

        Assert.Equal(given.Length, first.Select(message => message.Message.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(first.Select(WithIds), second.Select(WithIds));
    }

    [Fact]
    public async Task Large_text_comes_out_whole()
    {
        var text = string.Concat(Enumerable.Repeat("a long answer with ünïcödé 🧵. ", 40_000));

        var read = await ReadAsync(await CreateAsync([Message("t1", "m1", Roles.Assistant, text, 0)]));

        Assert.Equal(text, Assert.Single(read).Message.Text);
    }

    [Fact]
    public async Task An_empty_source_gives_nothing()
    {
        var observer = new RecordingObserver();

        Assert.Empty(await ReadAsync(await CreateAsync([]), observer));
        Assert.Empty(observer.Unreadable);
        Assert.Empty(observer.Unreachable);
    }

    [Fact]
    public async Task Cancelling_stops_reading()
    {
        var source = await CreateAsync([.. Enumerable.Range(0, 500).Select(i => Message("t1", $"m{i}", Roles.User, $"text {i}", i))]);
        using var cancellation = new CancellationTokenSource();
        var read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in source.ReadAsync(ReadRequest.Everything, new RecordingObserver(), cancellation.Token))
            {
                read++;
                await cancellation.CancelAsync();
            }
        });

        Assert.InRange(read, 1, 400);
    }

    [Fact]
    public async Task A_source_that_can_be_read_is_found_healthy()
    {
        var source = await CreateAsync([Message("t1", "m1", Roles.User, "hello", 0)]);

        var diagnosis = await source.DiagnoseAsync(CancellationToken.None);

        Assert.True(diagnosis.Healthy, diagnosis.Finding);
    }

    /// <summary>Reads all there is, in the order of messages within each thread.</summary>
    /// <param name="source">The source.</param>
    /// <param name="observer">Takes what the source tells; null when it does not matter.</param>
    protected static async Task<IReadOnlyList<SourceMessage>> ReadAsync(ISource source, RecordingObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        List<SourceMessage> messages = [];
        await foreach (var message in source.ReadAsync(ReadRequest.Everything, observer ?? new RecordingObserver(), CancellationToken.None))
        {
            messages.Add(message);
        }

        return [.. messages.OrderBy(message => message.Thread.Key.Id, StringComparer.Ordinal).ThenBy(message => message.Message, MessageOrder.Instance)];
    }

    private static SourceMessage Message(string thread, string id, string role, string text, int minute) => new()
    {
        Thread = new SourceThread
        {
            Key = new ThreadKey { Source = "any", Owner = new Owner { User = "u1" }, Workspace = "w1", Thread = thread },
        },
        Message = new Message { Id = id, Role = role, Text = text, SentAt = Start.AddMinutes(minute), Position = minute },
    };

    private object Expected(SourceMessage message) =>
        Describe(KeepsWorkspaces ? message : message with { Thread = message.Thread with { Key = message.Thread.Key with { Workspace = null } } });

    private static object Describe(SourceMessage message) => (
        message.Thread.Key.Owner, message.Thread.Key.Workspace, message.Thread.Key.Thread, message.Message.Role, message.Message.Text, message.Message.SentAt);

    private static object WithIds(SourceMessage message) => (message.Thread.Key.Id, message.Message.Id, message.Message.OrderKey, Describe(message));
}
