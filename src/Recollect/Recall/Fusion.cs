using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Brings the findings of the lexical and the vector search together.</summary>
internal sealed class Fusion
{
    private const float HashedWeight = 0.3f;
    private const float TrainedWeight = 1f;
    private const float LeastWeight = 0.01f;
    private const float ConversationWeight = 0.3f;

    private readonly float _conversationWeight;
    private readonly float _most; // the score of the best, before it was made 1
    private readonly float _mostWords; // likewise of what words say
    private readonly Dictionary<string, float> _vectors;

    private Fusion(Dictionary<string, float> conversations, float trust, float most, float mostWords, Dictionary<string, float> vectors) =>
        (Conversations, _conversationWeight, _most, _mostWords, _vectors) = (conversations, ConversationWeight * (1 + trust), most, mostWords, vectors);

    /// <summary>Gets a score for every conversation that words or vectors found, the best 1; all 0 if nothing matches at all.</summary>
    public Dictionary<string, float> Conversations { get; }

    /// <summary>Adds what vectors say of conversations to what words say.</summary>
    /// <param name="words">What <see cref="ConversationRanker"/> gave; none negative.</param>
    /// <param name="similarities">The cosine of each conversation's best chunk, for those the vector search found; may be empty.</param>
    /// <param name="dimensions">
    /// How many dimensions the vectors of a trained embedder have: they count as far as they can be trusted. Null if the vectors are hashed
    /// words: these know little that the words do not, and count the same for every question.
    /// </param>
    public static Fusion Of(IReadOnlyDictionary<string, float> words, IReadOnlyDictionary<string, float> similarities, int? dimensions)
    {
        var best = words.Count > 0 ? Math.Max(words.Values.Max(), float.Epsilon) : 1;
        best = dimensions is null ? 1 : best;
        var conversations = words.ToDictionary(pair => pair.Key, pair => pair.Value / best, StringComparer.Ordinal);
        string[] near = [.. similarities.Keys];
        float[] cosines = [.. near.Select(id => similarities[id])];
        var trust = dimensions is { } length ? TrainedWeight * VectorTrust.Of(cosines, [.. near.Select(id => words.GetValueOrDefault(id))], length) : 0;
        var standings = VectorTrust.Standings(cosines);
        var nearest = cosines.Length > 0 ? Math.Max(cosines.Max(), float.Epsilon) : 1;
        var vectors = new Dictionary<string, float>(near.Length, StringComparer.Ordinal);
        for (var i = 0; i < near.Length; i++)
        {
            var share = (trust * standings[i]) + ((dimensions is null ? HashedWeight : LeastWeight) * Math.Max(0, cosines[i]) / nearest);
            vectors.Add(near[i], share);
            conversations[near[i]] = conversations.GetValueOrDefault(near[i]) + share;
        }

        var highest = conversations.Count > 0 ? conversations.Values.Max() : 0;
        return new(highest > 0 ? conversations.ToDictionary(pair => pair.Key, pair => pair.Value / highest, StringComparer.Ordinal) : conversations, trust, highest, best, vectors);
    }

    /// <summary>Gets what something that words say comes to in <see cref="Conversations"/>, where the best scores above 0.</summary>
    /// <param name="words">A part of what <see cref="ConversationRanker"/> gave.</param>
    public double OfWords(float words) => (double)words / _mostWords / _most;

    /// <summary>Gets what vectors come to in the score of a conversation; null where they did not find it.</summary>
    public double? OfVectors(string conversation) => _vectors.TryGetValue(conversation, out var share) ? (double)share / _most : null;

    /// <summary>Raises each message by the score of its conversation.</summary>
    /// <param name="messages">The candidates.</param>
    /// <param name="scores">Their scores, none negative.</param>
    /// <returns>The final scores, in the order of the messages.</returns>
    public float[] ScoreMessages(IReadOnlyList<MessageCandidate> messages, float[] scores)
    {
        var best = scores.Length > 0 ? Math.Max(scores.Max(), float.Epsilon) : 1;
        return [.. scores.Select((score, i) => (score / best) + (_conversationWeight * Conversations.GetValueOrDefault(messages[i].MemoryId)))];
    }
}
