using Recollect.Conversations;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Delivery;

/// <summary>What every mirror promises.</summary>
public abstract class MirrorConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Gets the source whose memories are mirrored.</summary>
    protected abstract string Source { get; }

    /// <summary>Gets the mirror under test, in a place of its own.</summary>
    protected abstract IMirror Mirror { get; }

    /// <summary>Gets the store that it follows; empty and initialized.</summary>
    protected abstract IMemoryStore Store { get; }

    /// <summary>Gets the summaries that a reader of the copy finds, in order.</summary>
    protected abstract IReadOnlyList<string> Copied { get; }

    /// <summary>Gets what changes when anything in the mirror's place is written, be it with the same content.</summary>
    protected abstract string Traces { get; }

    /// <summary>Leaves a memory in the mirror's place as another program would, before the mirror is there.</summary>
    protected abstract void Leave(string user, string summary);

    /// <summary>Leaves what a killed refresh leaves.</summary>
    protected abstract void LeaveUnfinished();

    /// <summary>Makes the mirror's place one that cannot be written, or that can be again.</summary>
    protected abstract void Block(bool blocks);

    [Fact]
    public void It_has_a_name() => Assert.False(string.IsNullOrWhiteSpace(Mirror.Name));

    [Fact]
    public async Task The_copy_of_nothing_is_empty()
    {
        await RunAsync();
        Assert.Empty(Copied);
    }

    [Fact]
    public async Task The_copy_holds_what_the_store_holds_of_the_source_and_nothing_else()
    {
        await StoreAsync("a", "b");
        await Store.UpsertAsync(MemoryRecords.Of("c", source: "another", summary: "of another source"), [], None);
        await RunAsync();
        Assert.Equal(["summary a", "summary b"], Copied.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_second_refresh_writes_nothing()
    {
        Leave("u9", "left");
        await StoreAsync("a", "b");
        await RunAsync();
        var before = Traces;
        await RunAsync();
        Assert.Equal(before, Traces);
    }

    [Fact]
    public async Task What_is_made_again_is_mirrored_again_and_what_is_removed_vanishes()
    {
        await StoreAsync("a", "b", "c");
        await RunAsync();
        await Store.UpsertAsync(MemoryRecords.Of("a", source: Source, thread: "a", summary: "another summary"), [], None);
        await Store.DeleteAsync([MemoryRecords.IdOf("b")], None);
        await RunAsync();
        Assert.Equal(["another summary", "summary c"], Copied.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_another_program_left_stays()
    {
        Leave("u9", "left");
        await RunAsync();
        await StoreAsync("a");
        await RunAsync();
        Assert.Equal(["left", "summary a"], Copied.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Beginning_again_changes_nothing()
    {
        Leave("u9", "left");
        await Mirror.BeginAsync(None);
        var before = Traces;
        await Mirror.BeginAsync(None);
        Assert.Equal(before, Traces);
    }

    [Fact]
    public async Task A_forgotten_user_vanishes_from_the_copy_and_from_what_was_taken_over()
    {
        Leave("u1", "left of u1");
        await Store.UpsertAsync(MemoryRecords.Of("a", source: Source, thread: "a", summary: "summary a"), [], None);
        await Store.UpsertAsync(MemoryRecords.Of("b", owner: new() { User = "u2" }, source: Source, thread: "b", summary: "summary b"), [], None);
        await RunAsync();
        await Store.ForgetAsync(Owner.DefaultTenant, "u1", None);
        Assert.True(await Mirror.ForgetAsync(Owner.DefaultTenant, "u1", None) >= 1);
        await RunAsync();
        Assert.Equal(["summary b"], Copied);
        Assert.Equal(0, await Mirror.ForgetAsync(Owner.DefaultTenant, "u1", None));
    }

    [Fact]
    public async Task What_a_killed_refresh_left_is_cleared_away()
    {
        await StoreAsync("a");
        await RunAsync();
        var before = Traces;
        LeaveUnfinished();
        await RunAsync();
        Assert.Equal(before, Traces);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_written_stays_as_it_was()
    {
        await StoreAsync("a");
        await RunAsync();
        await StoreAsync("b");
        Block(true);
        var error = await Assert.ThrowsAsync<DeliveryException>(async () => await Mirror.RefreshAsync(static _ => { }, None));
        Assert.DoesNotContain("summary", error.Message, StringComparison.Ordinal);
        Assert.Equal(["summary a"], Copied);
        Block(false);
        await RunAsync();
        Assert.Equal(["summary a", "summary b"], Copied.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_refresh_leaves_the_copy_as_it_was()
    {
        await StoreAsync("a");
        await RunAsync();
        var before = Traces;
        await StoreAsync("b");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Mirror.RefreshAsync(static _ => { }, new(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Mirror.BeginAsync(new(canceled: true)));
        Assert.Equal(before, Traces);
    }

    private async Task StoreAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await Store.UpsertAsync(MemoryRecords.Of(name, source: Source, thread: name, summary: $"summary {name}"), [], None);
        }
    }

    private async Task RunAsync()
    {
        await Mirror.BeginAsync(None);
        await Mirror.RefreshAsync(static _ => { }, None);
    }
}
