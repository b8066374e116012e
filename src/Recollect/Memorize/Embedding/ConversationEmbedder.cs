using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.State;
using Recollect.Telemetry;
using Recollect.Text;

namespace Recollect.Memorize.Embedding;

/// <summary>Makes the vectors of a conversation: one a chunk, and their mean. Vectors already paid for are not asked for again.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class ConversationEmbedder(TextEmbedder embedder, IStateStore state, CallPlaces places, IOptions<EmbeddingOptions> options)
{
    private readonly TokenBudget _budget = new(
        options.Value.MaxTokensPerRun,
        $"{EmbeddingOptions.SectionName}:{nameof(EmbeddingOptions.MaxTokensPerRun)}",
        static message => new EmbeddingException(message) { IsOverBudget = true });

    /// <summary>Gets everything that changes the vectors; part of the fingerprint.</summary>
    public string Version { get; } = $"{embedder.Version}/{options.Value.ChunkCharacters}";

    /// <summary>Lets a new run spend from the start.</summary>
    public void BeginRun() => _budget.Begin();

    /// <summary>Says what <see cref="EmbedAsync"/> would cost.</summary>
    public EmbeddingUsage Forecast(Conversation conversation)
    {
        var chunks = Chunker.Cut(conversation, options.Value.ChunkCharacters);
        var calls = (chunks.Count + options.Value.TextsPerCall - 1) / options.Value.TextsPerCall;
        return new(calls, chunks.Count, chunks.Sum(chunk => TokenEstimate.Of(chunk.Text)));
    }

    /// <summary>Embeds a conversation.</summary>
    /// <exception cref="EmbeddingException">A call failed or gave a vector that must not be stored.</exception>
    public ValueTask<EmbeddedConversation> EmbedAsync(Conversation conversation, CancellationToken cancellationToken) =>
        Tracing.WithinAsync(TelemetryNames.SpanEmbed, async span =>
        {
            span?.Tag(TelemetryNames.TagModel, embedder.Model);
            var embedded = await EmbedMissingAsync(conversation, cancellationToken);
            span?.Tag(TelemetryNames.TagTexts, embedded.Usage.Texts);
            span?.Tag(TelemetryNames.TagInputTokens, embedded.Usage.Tokens);
            return embedded;
        });

    /// <summary>Forgets what was kept for a conversation that is stored now.</summary>
    public ValueTask DropPaidAsync(Conversation conversation, CancellationToken cancellationToken) =>
        embedder.IsRemote ? state.PaidEmbeddings.DropAsync(conversation.Id, cancellationToken) : ValueTask.CompletedTask;

    private async ValueTask<EmbeddedConversation> EmbedMissingAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var chunks = Chunker.Cut(conversation, options.Value.ChunkCharacters);
        var paid = embedder.IsRemote ? await state.PaidEmbeddings.GetAsync(conversation.Id, cancellationToken) : null;
        var usage = default(EmbeddingUsage);
        var vectors = new ReadOnlyMemory<float>[chunks.Count];
        var missing = new List<int>();
        for (var i = 0; i < chunks.Count; i++)
        {
            if (paid is null || !paid.TryGetValue(Key(chunks[i]), out vectors[i]))
            {
                missing.Add(i);
            }
        }

        foreach (var batch in missing.Chunk(options.Value.TextsPerCall))
        {
            usage += embedder.IsRemote ? await places.CallAsync(token => MakeAsync(batch, token), cancellationToken) : await MakeAsync(batch, cancellationToken);
        }

        return new()
        {
            Chunks = [.. chunks.Select((chunk, i) => new EmbeddedChunk { Index = i, FirstMessage = chunk.FirstMessage, LastMessage = chunk.LastMessage, Vector = vectors[i] })],
            Vector = vectors.Length == 1 ? vectors[0] : VectorCheck.Mean(vectors),
            Usage = usage,
        };

        // What is paid for is kept before its place is free, so that a kill loses no more than there are places.
        async ValueTask<EmbeddingUsage> MakeAsync(int[] batch, CancellationToken token)
        {
            var (made, cost) = await CallAsync([.. batch.Select(i => chunks[i].Text)], usage, token);
            for (var i = 0; i < batch.Length; i++)
            {
                vectors[batch[i]] = made[i];
            }

            if (embedder.IsRemote)
            {
                await KeepAsync(conversation, batch.Select(i => KeyValuePair.Create(Key(chunks[i]), vectors[i])), token);
            }

            return cost;
        }
    }

    private ValueTask KeepAsync(Conversation conversation, IEnumerable<KeyValuePair<string, ReadOnlyMemory<float>>> vectors, CancellationToken cancellationToken)
    {
        var byKey = new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal);
        foreach (var (key, vector) in vectors)
        {
            byKey[key] = vector;
        }

        return state.PaidEmbeddings.KeepAsync(new(conversation.Id, conversation.Owner.Tenant, conversation.Owner.User), byKey, cancellationToken);
    }

    private async ValueTask<(ReadOnlyMemory<float>[] Vectors, EmbeddingUsage Usage)> CallAsync(string[] texts, EmbeddingUsage before, CancellationToken cancellationToken)
    {
        var most = texts.Sum(TokenEstimate.Most);
        var spent = most; // a call that failed or was given up may have been billed
        var isReserved = false;
        try
        {
            await _budget.ReserveAsync(most, cancellationToken);
            isReserved = true;
            var made = await embedder.EmbedAsync(texts, cancellationToken);
            spent = made.Usage.Tokens;
            return made;
        }
        catch (EmbeddingException ex)
        {
            spent = ex.Usage.Tokens == 0 ? 0 : most; // 0: nothing was sent
            throw ex.With(before + ex.Usage); // the calls before it were made all the same
        }
        finally
        {
            if (isReserved)
            {
                _budget.Settle(most, spent);
            }
        }
    }

    private string Key(TextChunk chunk) => StableHash.Of(16, Version, chunk.Text);
}
