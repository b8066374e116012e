using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>What words say of one question; vectors are compared meanwhile.</summary>
/// <param name="Messages">The messages that words found.</param>
/// <param name="Scores">Their scores, in the same order; none negative.</param>
/// <param name="FromPeriod">What of each comes from the time that the question names; null where it names none.</param>
/// <param name="FromRecency">What of each comes from being new.</param>
/// <param name="Conversations">What is said of each conversation of any.</param>
internal sealed record WordEvidence(
    IReadOnlyList<MessageCandidate> Messages, float[] Scores, float[]? FromPeriod, float[] FromRecency, Dictionary<string, WordShares> Conversations)
{
    /// <summary>Gets the evidence where there is nothing to look for.</summary>
    public static WordEvidence None { get; } = new([], [], FromPeriod: null, [], new(StringComparer.Ordinal));

    /// <summary>Weighs what words found.</summary>
    /// <param name="question">The question.</param>
    /// <param name="found">The messages.</param>
    /// <param name="written">The conversations of which what was written has the words.</param>
    public static WordEvidence Weigh(LexicalQuery question, MessageCandidates found, IReadOnlyList<LexicalMatch> written)
    {
        var features = MessageFeatures.Read(question, found.Messages);
        var fromPeriod = question.Period is null ? null : new float[features.Length];
        var scores = MessageRanker.Score(question, found.Messages, features, (int)Math.Min(int.MaxValue, found.Searched), fromPeriod);
        var fromRecency = Recency.Favour(question, found.Messages, scores);
        return new(found.Messages, scores, fromPeriod, fromRecency, ConversationRanker.Score(found.Messages, features, scores, question.TermWeights, written));
    }
}
