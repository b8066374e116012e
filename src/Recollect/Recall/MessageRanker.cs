using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Scores the messages that a store found for a question.</summary>
/// <remarks>
/// BM25 over each message together with its neighbours (a message rarely repeats what it answers), with related words counted
/// in part, and raised by who speaks, whether a time is told, and when it was sent. Document frequencies are those of the
/// candidates, which are exact as long as the candidates are all messages that have one of the terms.
/// </remarks>
internal static class MessageRanker
{
    private const float Saturation = 1.2f;
    private const float LengthNormalisation = 0.3f;
    private const float NextWeight = 0.5f;
    private const float SecondWeight = 0.25f;
    private const float AuthorBoost = 0.7f;
    private const float ListenerShare = 0.3f;
    private const float TimeBoost = 0.3f;
    private const float PeriodBoost = 0.8f;
    private const float PeriodFloor = 0.2f;

    /// <summary>Scores each message.</summary>
    /// <param name="query">The question.</param>
    /// <param name="messages">
    /// The candidates and, so that context counts, up to two neighbours on each side; in any order, each once.
    /// </param>
    /// <param name="features">What was read of them.</param>
    /// <param name="messageCount">How many messages were searched; at least as many as the candidates.</param>
    /// <param name="fromPeriod">Takes what of each score comes from the time that the question names; as long as the candidates, or empty.</param>
    /// <returns>A score for every message, in the order given: 0 where nothing matches; the best lies near 1 to 2.5.</returns>
    internal static float[] Score(LexicalQuery query, IReadOnlyList<MessageCandidate> messages, MessageFeatures[] features, int messageCount, Span<float> fromPeriod = default)
    {
        var order = CandidateOrder.ByPlace(messages);
        var contexts = Contexts(messages, features, order);
        var weights = TermWeights(query, features, Math.Max(messageCount, messages.Count));
        var scores = Bm25(features, contexts, weights);
        Normalise(scores);
        var newest = messages.Count > 0 ? messages.Max(message => message.Message.SentAt) : default;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Adjust(scores[i], query, messages[i], features[i]);
            if (scores[i] > 0 && query.Period?.IsNear(messages[i].Message.SentAt, newest) == true)
            {
                var share = PeriodBoost * (PeriodFloor + scores[i]);
                scores[i] += share;
                if (!fromPeriod.IsEmpty)
                {
                    fromPeriod[i] = share;
                }
            }
        }

        return scores;
    }

    private static float Adjust(float score, LexicalQuery query, MessageCandidate message, MessageFeatures features)
    {
        // What somebody says of the one they speak to is no news of themselves.
        var isByAuthor = query.Author is { } author
            ? string.Equals(author, message.Message.Author, StringComparison.Ordinal)
            : query.IsOfAsker && message.Message.Role is Roles.User;
        score *= !isByAuthor ? 1 : features.IsOfListener ? 1 + (ListenerShare * AuthorBoost) : 1 + AuthorBoost;
        return score * (features.TellsTime ? 1 + TimeBoost : 1);
    }

    // The message itself and what counts with it. What answers a question counts with all of the question.
    private static (int Index, float Weight)[][] Contexts(
        IReadOnlyList<MessageCandidate> messages, MessageFeatures[] features, int[] order)
    {
        var contexts = new (int, float)[order.Length][];
        var context = new List<(int, float)>(5);
        for (var at = 0; at < order.Length; at++)
        {
            var message = messages[order[at]];
            context.Clear();
            context.Add((order[at], 1));
            for (var other = Math.Max(0, at - 2); other <= Math.Min(order.Length - 1, at + 2); other++)
            {
                var index = order[other];
                var distance = messages[index].Position - message.Position;
                if (other != at && distance is >= -2 and <= 2
                    && string.Equals(messages[index].MemoryId, message.MemoryId, StringComparison.Ordinal))
                {
                    var answers = distance == -1 && features[index].IsQuestion;
                    context.Add((index, answers ? 1 : distance is -1 or 1 ? NextWeight : SecondWeight));
                }
            }

            contexts[order[at]] = [.. context];
        }

        return contexts;
    }

    private static float[] TermWeights(LexicalQuery query, MessageFeatures[] features, int messageCount)
    {
        var weights = new float[query.Terms.Count];
        for (var term = 0; term < weights.Length; term++)
        {
            var having = features.Count(message => message.Has(term));
            weights[term] = query.TermWeights[term] * MathF.Log(1 + ((messageCount - having + 0.5f) / (having + 0.5f)));
        }

        return weights;
    }

    private static float[] Bm25(MessageFeatures[] features, (int Index, float Weight)[][] contexts, float[] termWeights)
    {
        float[] lengths = [.. contexts.Select(context => context.Sum(part => part.Weight * features[part.Index].Length))];
        var mean = lengths.Length > 0 ? Math.Max(1, lengths.Average()) : 1;
        var scores = new float[contexts.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var penalty = Saturation * (1 - LengthNormalisation + (LengthNormalisation * lengths[i] / mean));
            for (var term = 0; term < termWeights.Length; term++)
            {
                var frequency = 0f;
                foreach ((var index, var weight) in contexts[i])
                {
                    frequency += weight * features[index].Frequency(term);
                }

                scores[i] += termWeights[term] * frequency * (1 + Saturation) / (frequency + penalty);
            }
        }

        return scores;
    }

    private static void Normalise(float[] scores)
    {
        var best = scores.Length > 0 ? scores.Max() : 0;
        for (var i = 0; best > 0 && i < scores.Length; i++)
        {
            scores[i] /= best;
        }
    }
}
