using Microsoft.Extensions.AI;
using Recollect.Telemetry;
using Recollect.Text;

namespace Recollect.Memorize.Embedding;

/// <summary>The one place that calls the embedder: counts, checks, and makes every failure an <see cref="EmbeddingException"/>.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class TextEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private readonly int? _dimensions = EmbedderVersion.Dimensions(generator);

    /// <summary>Gets provider, model and dimensions; part of the fingerprint.</summary>
    public string Version { get; } = EmbedderVersion.Of(generator);

    /// <summary>Gets the model's name.</summary>
    public string Model { get; } = EmbedderVersion.ModelOf(generator);

    /// <summary>Gets a value indicating whether a call leaves the machine, and so is worth not repeating.</summary>
    public bool IsRemote { get; } = EmbedderVersion.IsRemote(generator);

    /// <summary>Embeds texts in one call.</summary>
    /// <param name="texts">The texts; none blank.</param>
    /// <param name="cancellationToken">Stops waiting; the call may be billed all the same.</param>
    /// <returns>One vector of unit length a text, in order, and what they cost.</returns>
    /// <exception cref="EmbeddingException">The call failed, or gave a vector that must not be used.</exception>
    public async ValueTask<(ReadOnlyMemory<float>[] Vectors, EmbeddingUsage Usage)> EmbedAsync(string[] texts, CancellationToken cancellationToken)
    {
        using var measurement = Measurement.Begin(Meters.EmbeddingDuration, TelemetryNames.TagModel, Model);
        using var outside = IsRemote ? OutsideTime.Wait() : null;
        try
        {
            var made = await CallAsync(texts, cancellationToken);
            measurement?.Succeeded();
            Meters.CountEmbeddingTokens(Model, made.Usage.Tokens);
            return made;
        }
        catch (EmbeddingException ex)
        {
            Meters.CountEmbeddingTokens(Model, ex.Usage.Tokens);
            throw;
        }
    }

    private async ValueTask<(ReadOnlyMemory<float>[] Vectors, EmbeddingUsage Usage)> CallAsync(string[] texts, CancellationToken cancellationToken)
    {
        var usage = new EmbeddingUsage(1, texts.Length, texts.Sum(TokenEstimate.Of));
        try
        {
            var made = await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
            usage = usage with { Calls = CallsOf(made.Usage) ?? usage.Calls, Tokens = made.Usage?.InputTokenCount ?? usage.Tokens };
            return made.Count == texts.Length
                ? ([.. made.Select(embedding => VectorCheck.Normalised(embedding.Vector, _dimensions))], usage)
                : throw new EmbeddingException($"The embedder gave {made.Count} vectors for {texts.Length} texts.", isTransient: true);
        }
        catch (EmbeddingException ex)
        {
            throw ex.With(ex.Usage == default ? usage : ex.Usage); // an embedder that counts knows better
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // a provider's own kind
        {
            throw new EmbeddingException($"The embedder failed with {ex.GetType().Name}.", isTransient: true, ex) { Usage = usage };
        }
    }

    private static long? CallsOf(UsageDetails? usage) =>
        usage?.AdditionalCounts is { } counts && counts.TryGetValue(EmbeddingUsage.CallsCount, out var calls) ? calls : null; // 0 where others share the call and count it
}
