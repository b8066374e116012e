using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Conversations;

public sealed class MessageOrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Message> Messages =
        from minute in Gen.Choose(0, 2)
        from key in Gen.Elements(null, "", "1", "01", "9:1", "10:0", "9:", "9a", "a9", "a10", "a", ":", "00", "0")
        from position in Gen.Choose(0, 2)
        from id in Gen.Elements("a", "b", "B")
        from text in Gen.Elements("x", "y")
        select new Message { Id = id, Role = Roles.User, Text = text, SentAt = Start.AddMinutes(minute), OrderKey = key, Position = position };

    [Fact]
    public void Two_messages_compare_the_other_way_round_the_other_way() =>
        Prop.ForAll(Messages.Two().ToArbitrary(), pair => Sign(pair.Item1, pair.Item2) == -Sign(pair.Item2, pair.Item1))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void What_comes_before_something_that_comes_before_another_comes_before_it() =>
        Prop.ForAll(
            Messages.Three().ToArbitrary(),
            three => Sign(three.Item1, three.Item2) > 0 || Sign(three.Item2, three.Item3) > 0 || Sign(three.Item1, three.Item3) <= 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Messages_that_differ_never_compare_equal() =>
        Prop.ForAll(
            Messages.Two().ToArbitrary(),
            pair => Sign(pair.Item1, pair.Item2) != 0 || (pair.Item1 with { OrderKey = null }) == (pair.Item2 with { OrderKey = null, Metadata = pair.Item1.Metadata }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData("9:1", "10:0")]
    [InlineData("9:0", "9:1")]
    [InlineData("a2", "a10")]
    [InlineData(null, "0")]
    [InlineData("99999999999999999999998", "99999999999999999999999")]
    [InlineData("009", "10")]
    public void Digits_of_order_keys_count_as_numbers(string? first, string second) =>
        Assert.True(MessageOrder.CompareNaturally(first, second) < 0 && MessageOrder.CompareNaturally(second, first) > 0);

    private static int Sign(Message x, Message y) => Math.Sign(MessageOrder.Instance.Compare(x, y));
}
