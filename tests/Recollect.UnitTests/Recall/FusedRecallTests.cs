using Recollect.Conformance;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

/// <summary>With an embedder of any quality, what is fused is no worse than the better of words and vectors alone, within the noise of the questions asked.</summary>
public sealed class FusedRecallTests
{
    private const int EveryQuestion = 3;

    private static readonly string? Locomo = FindLocomo();
    private static readonly Lazy<IReadOnlyList<Asked>> Made = new(() => [AskWords(LabelledConversations.Made(), 1)]);
    private static readonly Lazy<IReadOnlyList<Asked>> OfLocomo = new(() => [.. LabelledConversations.OfLocomo(Locomo!).Select(set => AskWords(set, EveryQuestion))]);

    /// <summary>Gets how far an embedder leans to the answer, and how much its vectors have in common: from one that knows nothing to one that is never wrong.</summary>
    public static TheoryData<float, float> Embedders => new() { { 0, 0 }, { 0, 1.5f }, { 1.2f, 0 }, { 2.5f, 0 }, { 4, 0 }, { 4, 1 }, { 8, 0 }, { 8, 1.5f } };

    [Theory]
    [MemberData(nameof(Embedders))]
    public void Fusion_is_as_good_as_the_better_half(float lean, float common) => ShouldBeAsGood(Made.Value, lean, common);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2.5f, 0)]
    [InlineData(4, 1)]
    public void Fusion_is_as_good_as_the_better_half_on_long_conversations(float lean, float common)
    {
        Assert.SkipWhen(Locomo is null, "locomo-dev.json is not there");
        ShouldBeAsGood(OfLocomo.Value, lean, common);
    }

    [Fact]
    public void A_strong_embedder_finds_what_words_do_not()
    {
        var (words, _, fused) = Ask(Made.Value, 8, 0);
        Assert.InRange(words.Average(Recall(5)), 0.5, 0.9); // else there would be nothing to gain
        Assert.InRange(fused.Average(Recall(5)), 0.98, 1);
    }

    private static void ShouldBeAsGood(IReadOnlyList<Asked> sets, float lean, float common)
    {
        var (words, vectors, fused) = Ask(sets, lean, common);
        ShouldBeAsGood("recall@5", Recall(5));
        ShouldBeAsGood("recall@10", Recall(10));

        void ShouldBeAsGood(string name, Func<Ranked, double> metric)
        {
            var better = words.Average(metric) > vectors.Average(metric) ? words : vectors;
            double[] differences = [.. fused.Zip(better, (one, other) => metric(one) - metric(other))];
            var mean = differences.Average();
            var error = Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / differences.Length / (differences.Length - 1));
            var said = FormattableString.Invariant($"{name}: words {words.Average(metric):0.000}, vectors {vectors.Average(metric):0.000}, fused {fused.Average(metric):0.000}, difference {mean:0.000} ± {error:0.000}");
            Assert.True(mean >= -2 * error, said);
        }
    }

    private static (List<Ranked> Words, List<Ranked> Vectors, List<Ranked> Fused) Ask(IReadOnlyList<Asked> sets, float lean, float common)
    {
        var (words, vectors, fused) = (new List<Ranked>(), new List<Ranked>(), new List<Ranked>());
        foreach (var (found, questions) in sets)
        {
            var embedder = new ScriptedVectors(lean, common);
            foreach (var (question, byWords) in questions)
            {
                var near = embedder.Find(found.Messages.Select(message => message.MemoryId), byWords.Answers);
                words.Add(byWords);
                vectors.Add(new([.. near.Select(match => match.MemoryId)], byWords.Answers));
                fused.Add(new(Best(question, found, near), byWords.Answers));
            }
        }

        return (words, vectors, fused);
    }

    /// <summary>Asks what words alone find, which is the same whatever the embedder.</summary>
    private static Asked AskWords(LabelledConversations set, int every)
    {
        var found = new MessageCandidates(set.Messages.Count, set.Messages);
        return new(found, [.. set.Questions.Where((_, i) => i % every == 0).Select(asked =>
        {
            var question = LexicalQuery.Parse(asked.Text, set.Messages.Select(message => message.Message.Author).OfType<string>());
            return (question, new Ranked(Best(question, found, []), asked.Answers));
        })]);
    }

    private static string[] Best(LexicalQuery question, MessageCandidates found, IReadOnlyList<VectorMatch> near) =>
        [.. Evidence.Fuse(WordEvidence.Weigh(question, found, []), near, new float[ScriptedVectors.Dimensions], isTrained: true).Memories(minSimilarity: null).Select(memory => memory.Key)];

    private static Func<Ranked, double> Recall(int depth) => ranked => (double)ranked.Best.Take(depth).Intersect(ranked.Answers, StringComparer.Ordinal).Count() / ranked.Answers.Count;

    private static string? FindLocomo()
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "locomo-dev.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private sealed record Asked(MessageCandidates Found, IReadOnlyList<(LexicalQuery Question, Ranked ByWords)> Questions);

    private sealed record Ranked(IReadOnlyList<string> Best, IReadOnlyList<string> Answers);
}
