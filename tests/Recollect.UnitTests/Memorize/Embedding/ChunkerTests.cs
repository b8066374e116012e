using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Xunit;

namespace Recollect.UnitTests.Memorize.Embedding;

public sealed class ChunkerTests
{
    private static readonly ThreadKey Thread = new() { Source = "files", Owner = new() { User = "dana" }, Thread = "t1" };

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("", " ", "short", "naïve 漢字", "👩‍👩‍👧"),
        Gen.Choose(1, 60).Select(length => string.Concat(Enumerable.Repeat("👍", length))),
        Gen.Choose(1, 120).Select(length => new string('x', length)));

    private static readonly Arbitrary<(string[] Texts, int Max)> Conversations =
        (from texts in Texts.NonEmptyListOf() from max in Gen.Choose(8, 60) select (texts.ToArray(), max)).ToArbitrary();

    [Fact]
    public void Chunks_hold_every_message_in_order() => Check((texts, _, chunks) =>
    {
        var covered = chunks.SelectMany(chunk => Enumerable.Range(chunk.FirstMessage, chunk.LastMessage - chunk.FirstMessage + 1)).Distinct();
        return covered.SequenceEqual(Enumerable.Range(0, texts.Length))
            && chunks.Zip(chunks.Skip(1)).All(pair => pair.First.LastMessage <= pair.Second.FirstMessage);
    });

    [Fact]
    public void No_chunk_is_longer_than_allowed_or_blank() =>
        Check((_, max, chunks) => chunks.All(chunk => chunk.Text.Length <= max && !string.IsNullOrWhiteSpace(chunk.Text)));

    [Fact]
    public void No_surrogate_pair_is_cut() =>
        Check((_, _, chunks) => chunks.All(chunk => ReferenceEquals(WellFormedText.Of(chunk.Text), chunk.Text)));

    [Fact]
    public void All_text_is_in_the_chunks() => Check((texts, _, chunks) =>
    {
        var all = string.Concat(chunks.Select(chunk => chunk.Text)).Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var lines = string.Concat(texts.Select(text => $"user:{text}")).Replace(" ", "", StringComparison.Ordinal);
        return string.Equals(all, lines, StringComparison.Ordinal);
    });

    private static void Check(Func<string[], int, List<TextChunk>, bool> holds) =>
        Prop.ForAll(Conversations, one => holds(one.Texts, one.Max, Chunker.Cut(Of(one.Texts), one.Max))).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Conversation Of(string[] texts) => Conversation.FromRun(
        Thread, [.. texts.Select((text, i) => new Message { Id = $"m{i}", Role = Roles.User, Text = text, SentAt = DateTimeOffset.UnixEpoch.AddMinutes(i) })]);
}
