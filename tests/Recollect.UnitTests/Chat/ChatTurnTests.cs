using Microsoft.Extensions.AI;
using Recollect.Chat;
using Xunit;

namespace Recollect.UnitTests.Chat;

public sealed class ChatTurnTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_an_empty_list_nothing_is_new()
    {
        Assert.False(ChatTurn.Of([]).IsAsked);
        Assert.Empty(ChatTurn.Of([]).Question);
    }

    [Fact]
    public void System_messages_alone_ask_nothing()
    {
        var turn = ChatTurn.Of([new(ChatRole.System, "Be brief."), new(ChatRole.System, (string?)null)]);

        Assert.Equal((false, 2), (turn.IsAsked, turn.Start));
    }

    [Fact]
    public void What_came_before_the_last_answer_is_not_new()
    {
        var turn = ChatTurn.Of([new(ChatRole.User, "first"), new(ChatRole.Assistant, "answer"), new(ChatRole.User, "second"), new(ChatRole.User, "third")]);

        Assert.Equal((2, "third"), (turn.Start, turn.Question));
        Assert.Equal(["second", "third", "yes"], Remembered(turn, "yes"), StringComparer.Ordinal);
    }

    [Fact]
    public void A_call_of_a_tool_and_its_result_do_not_end_a_turn()
    {
        var turn = ChatTurn.Of(
        [
            new(ChatRole.User, "weather?"),
            new(ChatRole.Assistant, [new TextContent("Let me look."), new FunctionCallContent("c1", "weather")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "rain")]),
        ]);

        Assert.Equal((0, "weather?"), (turn.Start, turn.Question));
        Assert.Equal(["weather?", "Rain."], Remembered(turn, "Rain."), StringComparer.Ordinal);
    }

    [Fact]
    public void An_answer_that_waits_for_a_tool_is_none()
    {
        var call = new FunctionCallContent("c1", "weather");

        Assert.Null(ChatTurn.TextOf(new(new ChatMessage(ChatRole.Assistant, [new TextContent("Let me look."), call]))));
        Assert.Equal(
            "Let me look.\nRain.",
            ChatTurn.TextOf(new([new(ChatRole.Assistant, [new TextContent("Let me look."), call]), new(ChatRole.Tool, [new FunctionResultContent("c1", "rain")]), new(ChatRole.Assistant, "Rain.")])));
    }

    [Fact]
    public void Images_and_empty_texts_are_asked_but_not_remembered()
    {
        var turn = ChatTurn.Of([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]), new(ChatRole.User, (string?)null)]);

        Assert.Equal((true, ""), (turn.IsAsked, turn.Question));
        Assert.Equal(["A cat."], Remembered(turn, "A cat."), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_memory_put_in_is_nobodys_word(bool isStoredAndReadAgain)
    {
        var recalled = new ChatMessage(ChatRole.User, $"{MemoryMessage.Open}\nsecret\n{MemoryMessage.Close}");
        var marked = new ChatMessage(ChatRole.User, "secret") { AdditionalProperties = new() { ["recollect.recalled"] = true } };

        var turn = ChatTurn.Of([isStoredAndReadAgain ? recalled : marked, new(ChatRole.User, "hello")]);

        Assert.Equal((1, "hello"), (turn.Start, turn.Question));
        Assert.Equal(["hello", "hi"], Remembered(turn, "hi"), StringComparer.Ordinal);
    }

    [Fact]
    public void The_same_list_gives_the_same_ids_and_another_history_gives_others()
    {
        ChatMessage[] history = [new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "yes")];

        Assert.Equal(Ids(history), Ids(history), StringComparer.Ordinal);
        Assert.Empty(Ids(history).Intersect(Ids([new(ChatRole.User, "c"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "yes")]), StringComparer.Ordinal));
        Assert.Empty(Ids(history).Intersect(Ids(history, salt: "later"), StringComparer.Ordinal));
        Assert.NotEqual(Ids([new(ChatRole.User, "yes") { MessageId = "1" }]), Ids([new(ChatRole.User, "yes") { MessageId = "2" }]), StringComparer.Ordinal);
        Assert.NotEqual(Ids([new(ChatRole.User, "yes") { CreatedAt = Now }]), Ids([new(ChatRole.User, "yes")]), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Remembered(ChatTurn turn, string answer) => turn.ToRemember(answer, null, Now, Now, null).Select(message => message.Text);

    private static string[] Ids(ChatMessage[] messages, string? salt = null) => [.. ChatTurn.Of(messages).ToRemember("ok", null, Now, Now, salt).Select(message => message.Id)];
}
