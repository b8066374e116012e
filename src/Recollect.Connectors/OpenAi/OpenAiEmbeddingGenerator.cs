using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Embedding;
using Recollect.Text;

namespace Recollect.Connectors.OpenAi;

/// <summary>Embeds with any OpenAI-compatible endpoint. Texts of concurrent callers are packed into few requests; nothing is tried again here.</summary>
/// <remarks>Safe to call concurrently. Options of a call are not looked at: the settings decide model and dimensions. Failures are <see cref="EmbeddingException"/>s that tell what they cost.</remarks>
public sealed class OpenAiEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly OpenAiEmbeddingOptions _options;
    private readonly EmbeddingClient _client;
    private readonly RequestPacker _packer;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Initializes a new instance of the <see cref="OpenAiEmbeddingGenerator"/> class.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Times requests.</param>
    public OpenAiEmbeddingGenerator(IOptions<OpenAiEmbeddingOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options.Value;
        _client = new(_options, time);
        _packer = new(_options, _client.PostAsync, time);
        _metadata = new(OpenAiEmbeddingOptions.EmbedderName, _client.Server, _options.Model, _options.Dimensions);
    }

    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        cancellationToken.ThrowIfCancellationRequested();
        string[] texts = [.. values];
        Check(texts);
        var sent = _packer.Cut(texts, cancellationToken).Select(_packer.SendAsync).ToArray();
        var made = new GeneratedEmbeddings<Embedding<float>>(texts.Length);
        var usage = default(EmbeddingUsage);
        EmbeddingException? failure = null;
        foreach (var parcel in sent)
        {
            try
            {
                var result = await parcel;
                usage += result.Usage;
                made.AddRange(result.Vectors.Select(vector => new Embedding<float>(vector) { ModelId = _options.Model }));
            }
            catch (EmbeddingException ex) // the others are under way, and cost what they cost
            {
                usage += ex.Usage;
                failure = failure is { IsTransient: false } ? failure : ex; // the one that will not pass decides
            }
        }

        if (failure is not null)
        {
            throw failure.With(usage);
        }

        made.Usage = new() { InputTokenCount = usage.Tokens, TotalTokenCount = usage.Tokens, AdditionalCounts = new() { [EmbeddingUsage.CallsCount] = usage.Calls } };
        return made;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packer.Dispose();
        _client.Dispose();
    }

    private void Check(string[] texts)
    {
        foreach (var text in texts)
        {
            var failure = text.Length == 0 ? EmbeddingFailures.OfEmptyText()
                : TokenEstimate.Of(text) is var tokens && tokens > _options.MaxTokens ? _client.Failures.OfLongText(tokens)
                : null;
            if (failure is not null)
            {
                throw new EmbeddingException(failure.Message, failure.IsTransient, failure);
            }
        }
    }
}
