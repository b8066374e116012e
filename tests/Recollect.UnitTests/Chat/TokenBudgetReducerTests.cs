using System.Diagnostics.CodeAnalysis;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Recollect.Chat;
using Recollect.Sessions;
using Xunit;

namespace Recollect.UnitTests.Chat;

public sealed class TokenBudgetReducerTests
{
    private static readonly HistoryTrimmer Trimmer = new(new TiktokenCounter(TokenEncoding.O200K));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fits_stays_as_it_is()
    {
        ChatMessage[] chat = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "hello") { AuthorName = "Dana" }, new(ChatRole.Assistant, "hi"), new(ChatRole.User, "bye")];

        Assert.Equal(chat, await ReduceAsync(1_000, chat));
    }

    [Fact]
    public async Task The_oldest_go_first_and_instructions_stay()
    {
        var word = string.Concat(Enumerable.Repeat("word ", 30));
        ChatMessage[] chat = [new(ChatRole.System, "Be brief."), new(ChatRole.User, word + 1), new(ChatRole.Assistant, word + 2), new(ChatRole.User, word + 3), new(ChatRole.Assistant, word + 4), new(ChatRole.User, word + 5)];

        var kept = await ReduceAsync(130, chat);

        Assert.Equal([chat[0], .. chat[^3..]], kept);
    }

    [Fact]
    public async Task A_result_goes_with_its_call()
    {
        var word = string.Concat(Enumerable.Repeat("word ", 60));
        ChatMessage[] chat =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "look", new Dictionary<string, object?>(StringComparer.Ordinal) { ["for"] = word })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "found")]),
            new(ChatRole.Assistant, "It is there."),
            new(ChatRole.User, "Thanks."),
        ];

        Assert.Equal(chat, await ReduceAsync(1_000, chat));
        Assert.Equal(chat[2..], await ReduceAsync(70, chat));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(50)]
    public async Task Whatever_it_is_the_budget_holds(int budget)
    {
        ChatMessage[][] chats =
        [
            [],
            [new(ChatRole.System, (string?)null)],
            [new(ChatRole.System, new string('x', 5_000)), new(ChatRole.System, "b")],
            [new(ChatRole.User, (string?)null), new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])],
            [new(ChatRole.User, "\uD83D" + new string('\uD83D', 3_000)), new(ChatRole.Assistant, [new FunctionCallContent("c", "f")])],
            [new(ChatRole.Tool, [new FunctionResultContent("c", new string('y', 9_000))])],
            [new(ChatRole.Assistant, [new FunctionCallContent("c", "f")]), new(ChatRole.Tool, [new FunctionResultContent("c", new string('y', 9_000))])],
        ];

        foreach (var chat in chats)
        {
            Assert.True(Tokens(await ReduceAsync(budget, chat)) <= budget);
        }
    }

    [Fact]
    [SuppressMessage("Usage", "VSTHRD002", Justification = "A property is checked within one call")]
    public void Of_any_chat_the_end_is_kept_within_the_budget() =>
        Prop.ForAll<(string? Text, bool IsUser)[], PositiveInt>((said, size) =>
        {
            ChatMessage[] chat = [new(ChatRole.System, "Be brief."), .. said.Select(one => new ChatMessage(one.IsUser ? ChatRole.User : ChatRole.Assistant, one.Text))];
            var budget = size.Get * 5;
            var kept = ReduceAsync(budget, chat).GetAwaiter().GetResult();
            var talk = kept.Where(message => message.Role != ChatRole.System).ToArray();
            return Tokens(kept) <= budget && talk.Zip(chat[^talk.Length..], (one, other) => one.Role == other.Role && other.Text.StartsWith(one.Text, StringComparison.Ordinal)).All(holds => holds);
        }).QuickCheckThrowOnFailure();

    private static async Task<ChatMessage[]> ReduceAsync(int budget, ChatMessage[] chat) => [.. await new TokenBudgetReducer(Trimmer, budget).ReduceAsync(chat, Token)];

    private static int Tokens(ChatMessage[] messages) => messages.Length == 0 ? 0
        : messages.Sum(message => Trimmer.Count(new(message.Role.Value, message.Text + string.Concat(message.Contents.OfType<FunctionResultContent>().Select(result => result.Result))) { Name = message.AuthorName })) + HistoryTrimmer.TokensPerReply;
}
