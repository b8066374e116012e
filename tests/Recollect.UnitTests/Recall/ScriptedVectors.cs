using System.Numerics.Tensors;
using Recollect.Memorize.Stores;

namespace Recollect.UnitTests.Recall;

/// <summary>An embedder of a chosen quality: gives each conversation a direction by chance, and each question one that leans to its answers.</summary>
/// <param name="lean">How far, in deviations of what chance gives: 0 knows nothing, 8 is never wrong.</param>
/// <param name="common">How much all vectors have in common beside that, as those of many real embedders do.</param>
internal sealed class ScriptedVectors(float lean, float common)
{
    /// <summary>The dimensions of the vectors.</summary>
    public const int Dimensions = 384;

    private readonly Dictionary<string, float[]> _conversations = new(StringComparer.Ordinal);
    private readonly float[] _common = Direction(new Random(1));
    private readonly Random _random = new(2);

    /// <summary>Gets what a store would find for a question, nearest first.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="answers">Those that answer the question.</param>
    public IReadOnlyList<VectorMatch> Find(IEnumerable<string> conversations, IReadOnlyList<string> answers)
    {
        var question = WithCommon(Direction(_random));
        foreach (var answer in answers)
        {
            TensorPrimitives.MultiplyAdd(VectorOf(answer), lean / MathF.Sqrt(Dimensions), question, question);
        }

        return
        [
            .. conversations.Distinct(StringComparer.Ordinal)
                .Select(id => new VectorMatch(id, TensorPrimitives.CosineSimilarity(VectorOf(id), question), 0, 0))
                .OrderByDescending(match => match.Similarity).ThenBy(match => match.MemoryId, StringComparer.Ordinal),
        ];
    }

    private static float[] Direction(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            vector[i] = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private float[] VectorOf(string conversation) =>
        _conversations.TryGetValue(conversation, out var known) ? known : _conversations[conversation] = WithCommon(Direction(_random));

    private float[] WithCommon(float[] vector)
    {
        TensorPrimitives.MultiplyAdd(_common, common, vector, vector);
        return vector;
    }
}
