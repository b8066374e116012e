using Recollect.Conformance;
using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Conversations;

/// <summary>Ids and hashes that are in stores already: a change of any would make every memory again.</summary>
public sealed class StableIdentityTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly ThreadKey Plain = new() { Source = "files", Owner = new() { User = "dana" }, Thread = "t1" };

    private static readonly ThreadKey Full = new()
    {
        Source = "anythingllm",
        Owner = new() { Tenant = "acme", User = "o'hara", Scope = "ministry" },
        Workspace = "w1",
        Thread = "default",
        Session = "naïve 👩‍👩‍👧",
    };

    private static readonly Message[] Messages =
    [
        new() { Id = "m1", Role = Roles.User, Text = "Where did we park?", SentAt = Start },
        new() { Id = "m2", Role = Roles.Assistant, Text = "Under the sycamore, naïve 漢字 👩‍👩‍👧.", SentAt = Start.AddSeconds(1.5), Author = "not part of the hash" },
        new() { Id = "m3", Role = Roles.User, Text = "", SentAt = Start.AddHours(1) },
    ];

    [Fact]
    public void Ids_and_hashes_are_those_that_were_approved() =>
        Approved.Match("StableIdentity", $"""
            thread, plain: {Plain.Id}
            thread, full: {Full.Id}
            conversation, plain: {Conversation.FromRun(Plain, Messages).Id}
            conversation, full: {Conversation.FromRun(Full, Messages).Id}
            conversation, given: {Conversation.Given(Full, Messages).Id}
            content: {Conversation.FromRun(Plain, Messages).ContentHash}
            content of 30,000 characters: {Conversation.FromRun(Plain, [Messages[0] with { Text = new string('é', 30_000) }]).ContentHash}
            """);

    [Fact]
    public void A_run_has_the_id_of_its_first_message_whatever_follows() =>
        Assert.Equal(Conversation.FromRun(Plain, Messages).Id, Conversation.FromRun(Plain, Messages[..1]).Id);

    [Fact]
    public void Every_part_of_a_thread_makes_another_id()
    {
        ThreadKey[] keys =
        [
            Full,
            Full with { Source = "files" },
            Full with { Owner = Full.Owner with { Tenant = "default" } },
            Full with { Owner = Full.Owner with { User = "dana" } },
            Full with { Owner = Full.Owner with { Scope = "personal" } },
            Full with { Workspace = null },
            Full with { Workspace = "" },
            Full with { Workspace = "w1d", Thread = "efault" },
            Full with { Thread = "t1" },
            Full with { Session = null },
            Full with { Session = "" },
        ];

        Assert.Equal(keys.Length, keys.Select(key => key.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_content_hash_tells_apart_what_differs_in_role_time_id_or_text()
    {
        Message[][] others =
        [
            Messages,
            [Messages[0] with { Role = Roles.Assistant }, .. Messages[1..]],
            [Messages[0] with { SentAt = Start.AddTicks(1) }, .. Messages[1..]],
            [Messages[0] with { Id = "m1m" }, .. Messages[1..]],
            [Messages[0] with { Text = "Where did we park? " }, .. Messages[1..]],
            Messages[..2],
        ];

        Assert.Equal(others.Length, others.Select(messages => Conversation.FromRun(Plain, messages).ContentHash).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Conversation.FromRun(Plain, Messages).ContentHash, Conversation.FromRun(Full, [.. Messages.Select(message => message with { Author = "x", Position = 7 })]).ContentHash);
    }
}
