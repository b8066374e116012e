using System.Numerics.Tensors;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>What was found for one question, weighed.</summary>
internal sealed class Evidence
{
    private readonly IReadOnlyList<MessageCandidate> _candidates;
    private readonly float[] _messageScores;
    private readonly Dictionary<string, float> _memoryScores;
    private readonly ScoreParts _parts;
    private readonly Dictionary<string, VectorMatch> _near;
    private readonly ReadOnlyMemory<float> _vector;
    private readonly Lazy<int[]> _bestFirst;

    private Evidence(WordEvidence words, Fusion fusion, IReadOnlyList<VectorMatch> near, ReadOnlyMemory<float> vector)
    {
        (_candidates, _messageScores, _memoryScores) = (words.Messages, fusion.ScoreMessages(words.Messages, words.Scores), fusion.Conversations);
        _parts = new(words, fusion);
        _near = near.ToDictionary(match => match.MemoryId, StringComparer.Ordinal);
        _vector = vector;
        _bestFirst = new(() => CandidateOrder.ByScore(_candidates, _messageScores));
    }

    /// <summary>Gets the evidence where there is nothing to look for.</summary>
    public static Evidence None { get; } = Fuse(WordEvidence.None, [], default, isTrained: false);

    /// <summary>Brings what words and vectors found together.</summary>
    /// <param name="words">What words say.</param>
    /// <param name="near">The conversations that vectors found.</param>
    /// <param name="vector">The question's vector.</param>
    /// <param name="isTrained">Whether vectors come from a trained embedder, not from hashed words.</param>
    public static Evidence Fuse(WordEvidence words, IReadOnlyList<VectorMatch> near, ReadOnlyMemory<float> vector, bool isTrained)
    {
        var fusion = Fusion.Of(
            words.Conversations.ToDictionary(pair => pair.Key, pair => pair.Value.Total, StringComparer.Ordinal),
            near.ToDictionary(match => match.MemoryId, match => (float)match.Similarity, StringComparer.Ordinal),
            isTrained ? vector.Length : null);
        return new(words, fusion, near, vector);
    }

    /// <summary>Gets memory ids with their scores, best first.</summary>
    public IEnumerable<KeyValuePair<string, float>> Memories(double? minSimilarity) =>
        _memoryScores.Keys
            .Where(id => _memoryScores[id] > 0 && IsNear(id, minSimilarity))
            .Order(Comparer<string>.Create((a, b) => _memoryScores[b].CompareTo(_memoryScores[a]) is var score and not 0 ? score : string.CompareOrdinal(a, b)))
            .Select(id => KeyValuePair.Create(id, _memoryScores[id]));

    /// <summary>Gets messages with their scores, best first.</summary>
    public IEnumerable<RecalledMessage> Messages(double? minSimilarity) =>
        _bestFirst.Value
            .Where(i => _messageScores[i] > 0 && IsNear(_candidates[i].MemoryId, minSimilarity))
            .Select(i => new RecalledMessage(_candidates[i].MemoryId, _candidates[i].Message, _messageScores[i]));

    /// <summary>Gets the messages of a memory that speak most for it; those of its nearest chunk where words found none.</summary>
    public IReadOnlyList<Message> Citations(MemoryRecord record, int count)
    {
        Message[] found =
        [
            .. _bestFirst.Value
                .Where(i => _messageScores[i] > 0 && string.Equals(_candidates[i].MemoryId, record.Memory.Id, StringComparison.Ordinal))
                .Take(count)
                .Select(i => _candidates[i].Message),
        ];
        return found.Length > 0 ? found : [.. record.Messages.Skip(_near.TryGetValue(record.Memory.Id, out var nearest) ? nearest.FirstMessage : 0).Take(count)];
    }

    /// <summary>Gets the cosine of the question and the memory's best chunk.</summary>
    public double? SimilarityOf(MemoryRecord record) =>
        _near.TryGetValue(record.Memory.Id, out var known) ? known.Similarity
        : record.Chunks.Where(chunk => chunk.Vector.Length == _vector.Length).Select(chunk => (double?)TensorPrimitives.Dot(chunk.Vector.Span, _vector.Span)).Max();

    /// <summary>Gets what the score of a memory is made of.</summary>
    /// <param name="memoryId">One of <see cref="Memories"/>.</param>
    public RecallParts PartsOf(string memoryId) => _parts.Of(memoryId);

    private bool IsNear(string memoryId, double? minSimilarity) =>
        minSimilarity is not { } least || (_near.TryGetValue(memoryId, out var match) && match.Similarity >= least);
}
