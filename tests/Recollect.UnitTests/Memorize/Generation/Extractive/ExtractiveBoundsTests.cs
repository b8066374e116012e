using System.Globalization;
using Recollect.Memorize.Generation.Extractive;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Extractive;

public sealed class ExtractiveBoundsTests
{
    [Fact]
    public void Of_a_huge_message_start_and_end_are_read()
    {
        var filler = string.Concat(Enumerable.Repeat("The conveyor log shows another ordinary line of the night shift. ", 160_000));
        var conversation = Writing.Conversation("I live in Oban now. " + filler + "My boat is called Petrel.");

        var transcript = TranscriptReader.Read(conversation, TestContext.Current.CancellationToken);
        var written = Writing.Write(conversation);

        Assert.InRange(transcript.Words.Count, 100, 5_000);
        Writing.Check(conversation, written);
        Assert.Contains("Oban", written.Summary, StringComparison.Ordinal);
        Assert.Contains("Petrel", written.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_word_is_cut_into_pieces()
    {
        var conversation = Writing.Conversation(new string('x', 10_000_000));

        var written = Writing.Write(conversation);

        Writing.Check(conversation, written);
    }

    [Fact]
    public void Of_many_messages_sentences_from_all_over_are_compared()
    {
        var conversation = Writing.Conversation(Enumerable.Range(0, 20_000)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"Crate {i} with sort{i % 997} went to bay {i % 31}.")));

        var transcript = TranscriptReader.Read(conversation, TestContext.Current.CancellationToken);
        var candidates = Candidates.Of(transcript.Sentences);
        var written = Writing.Write(conversation);

        Assert.Equal(20_000, transcript.Sentences.Count);
        Assert.Equal(400, candidates.Count);
        Assert.True(candidates.Zip(candidates.Skip(1)).All(pair => pair.First.Index < pair.Second.Index));
        Assert.True(candidates[^1].Index > 19_700);
        Writing.Check(conversation, written);
    }

    [Theory]
    [InlineData("aaaa bbbb, cccc dddd", 12, "aaaa bbbb")]
    [InlineData("aaaa bbbb cccc dddd", 12, "aaaa bbbb")]
    [InlineData("aaaabbbbccccdddd", 12, "aaaabbbbcccc")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 24, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦")]
    [InlineData("short", 12, "short")]
    public void Text_is_cut_where_it_hurts_least(string text, int most, string kept) =>
        Assert.Equal(kept, text[..Excerpt.Cut(text, most)]);
}
