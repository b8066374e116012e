using Microsoft.Extensions.AI;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Embedding.Local;
using Recollect.Memorize.Stores;
using Recollect.Telemetry;

namespace Recollect.Recall;

/// <summary>Answers questions from memory: words, vectors and recency fused, within what the asker may see.</summary>
/// <remarks>Safe to call concurrently.</remarks>
public sealed class RecallEngine
{
    private const int MaxQuestionLength = 4_000;
    private const int CandidateMessages = 200;
    private const int CandidatesByRelatedWords = 100;
    private const int Neighbours = 2; // of a message on each side: they tell what it is about
    private const int CandidateMemories = 200;
    private const int CitationsOfAMemory = 3;

    private readonly IMemoryStore _store;
    private readonly ILexicalSearch? _lexical;
    private readonly TextEmbedder _embedder;
    private readonly bool _keepsText;
    private readonly bool _isTrained;

    /// <summary>Initializes a new instance of the <see cref="RecallEngine"/> class.</summary>
    /// <param name="store">Where memories are kept.</param>
    /// <param name="embedder">The embedder that the stored vectors come from.</param>
    /// <param name="keepsText">Whether the messages' text is kept, as <see cref="StoreOptions.KeepText"/> says.</param>
    public RecallEngine(IMemoryStore store, IEmbeddingGenerator<string, Embedding<float>> embedder, bool keepsText = true)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(embedder);
        (_store, _lexical, _embedder, _keepsText) = (store, store as ILexicalSearch, new(embedder), keepsText);
        _isTrained = !string.Equals(_embedder.Model, LocalEmbeddingGenerator.ModelName, StringComparison.Ordinal);
    }

    /// <summary>Finds the conversations that answer a question, best first; empty where nothing that the owner may see matches.</summary>
    /// <param name="query">The question and who asks.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="MemoryStoreException">The store could not be reached.</exception>
    /// <exception cref="EmbeddingException">The question could not be embedded.</exception>
    public ValueTask<IReadOnlyList<RecalledMemory>> RecallAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ObserveAsync(query, "conversation", FindMemoriesAsync, cancellationToken);
    }

    /// <summary>Finds the messages that answer a question, best first; empty where nothing that the owner may see matches.</summary>
    /// <param name="query">The question and who asks.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="RecallException">The store cannot search messages, or their text is not kept.</exception>
    public ValueTask<IReadOnlyList<RecalledMessage>> RecallMessagesAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ObserveAsync(query, "message", FindMessagesAsync, cancellationToken);
    }

    /// <summary>Traces and measures an answer; the question stays here.</summary>
    private static ValueTask<IReadOnlyList<TFound>> ObserveAsync<TFound>(
        RecallQuery query, string by, Func<RecallQuery, CancellationToken, ValueTask<IReadOnlyList<TFound>>> find, CancellationToken cancellationToken) =>
        Tracing.WithinAsync(TelemetryNames.SpanRecall, async span =>
        {
            span?.Tag(TelemetryNames.TagBy, by);
            using var measurement = Measurement.Begin(Meters.RecallDuration, TelemetryNames.TagBy, by);
            var found = await find(query, cancellationToken);
            measurement?.Succeeded();
            span?.Tag(TelemetryNames.TagResults, found.Count);
            return found;
        });

    private async ValueTask<IReadOnlyList<RecalledMemory>> FindMemoriesAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        var evidence = await GatherAsync(query, cancellationToken);
        var best = evidence.Memories(query.MinSimilarity).Take(query.Top).ToArray();
        var records = (await _store.GetAsync([.. best.Select(pair => pair.Key)], cancellationToken)).ToDictionary(record => record.Memory.Id, StringComparer.Ordinal);
        return
        [
            .. best.Where(pair => records.ContainsKey(pair.Key)).Select(pair => new RecalledMemory // a run may have retired one meanwhile
            {
                Memory = records[pair.Key].Memory,
                Score = pair.Value,
                Similarity = evidence.SimilarityOf(records[pair.Key]),
                Parts = evidence.PartsOf(pair.Key),
                Citations = evidence.Citations(records[pair.Key], CitationsOfAMemory),
            }),
        ];
    }

    private async ValueTask<IReadOnlyList<RecalledMessage>> FindMessagesAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        if (_lexical is null)
        {
            throw new RecallException($"Recall by message is off: the store {_store.Name} cannot search messages. Ask by conversation, or choose a store that can.");
        }

        if (!_keepsText)
        {
            throw new RecallException("Recall by message is off: Stores:KeepText is false, so that no text of messages is kept. Ask by conversation.");
        }

        var evidence = await GatherAsync(query, cancellationToken);
        return [.. evidence.Messages(query.MinSimilarity).Take(query.Top)];
    }

    private static string Readable(string text) => WellFormedText.Of(text.Length > MaxQuestionLength ? text[..MaxQuestionLength] : text);

    private async ValueTask<Evidence> GatherAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        var text = Readable(query.Text);
        var question = LexicalQuery.Parse(text, []);
        if (question.Terms.Count == 0)
        {
            return Evidence.None;
        }

        // Most questions name no author, so vectors are compared before that is known; but not where asking an embedder twice may cost money.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var guess = _isTrained ? null : SearchNearBesideAsync(query, question, stop.Token);
        var near = guess;
        try
        {
            var exact = await SearchMessagesAsync(query.Owner.Visibility, question.Terms, CandidateMessages, Neighbours, cancellationToken);
            var named = LexicalQuery.Parse(text, exact.Messages.Select(candidate => candidate.Message.Author).OfType<string>());
            var isSame = string.Equals(named.TextWithoutAuthors, question.TextWithoutAuthors, StringComparison.Ordinal);
            near = isSame && guess is not null ? guess : SearchNearBesideAsync(query, named, stop.Token);
            var messages = await SearchMessagesAsync(query.Owner.Visibility, named, isSame ? exact : null, cancellationToken);
            var byWords = _lexical is null ? [] : await _lexical.SearchMemoriesAsync(query.Owner.Visibility, named.Terms, CandidateMemories, cancellationToken);
            var words = WordEvidence.Weigh(named, messages, byWords);
            var (vector, found) = await near;
            return Evidence.Fuse(words, found, vector, _isTrained);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var begun in new Task?[] { guess, near }.OfType<Task>())
            {
                await begun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Searches beside the words, where there is another core.</summary>
    private Task<(ReadOnlyMemory<float> Vector, IReadOnlyList<VectorMatch> Near)> SearchNearBesideAsync(RecallQuery query, LexicalQuery question, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                var (vectors, _) = await _embedder.EmbedAsync([question.TextWithoutAuthors], cancellationToken);
                return (vectors[0], await _store.SearchAsync(query.Owner.Visibility, vectors[0], query.MinSimilarity is null ? CandidateMemories : RecallQuery.MaxTop, cancellationToken));
            },
            cancellationToken);

    private async Task<MessageCandidates> SearchMessagesAsync(Visibility visibility, LexicalQuery question, MessageCandidates? exact, CancellationToken cancellationToken)
    {
        exact ??= await SearchMessagesAsync(visibility, question.Terms, CandidateMessages, Neighbours, cancellationToken);
        if (question.RelatedTerms.Count == 0)
        {
            return exact;
        }

        var related = await SearchMessagesAsync(visibility, question.RelatedTerms, CandidatesByRelatedWords, neighbours: 0, cancellationToken);
        return new(Math.Max(exact.Searched, related.Searched), [.. exact.Messages.Concat(related.Messages).DistinctBy(candidate => (candidate.MemoryId, candidate.Position))]);
    }

    private async ValueTask<MessageCandidates> SearchMessagesAsync(Visibility visibility, IReadOnlyList<string> terms, int top, int neighbours, CancellationToken cancellationToken) =>
        _lexical is null ? MessageCandidates.None : await _lexical.SearchMessagesAsync(visibility, terms, top, neighbours, cancellationToken);
}
