using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Keeps the sentences that tell most, word for word, with topics and facts; offline and deterministic.</summary>
internal sealed class ExtractiveWriter(IOptions<ExtractiveOptions> options) : IMemoryWriter
{
    /// <summary>The name in configuration.</summary>
    public const string WriterName = "extractive";

    private readonly int _maxCharacters = options.Value.MaxCharacters;

    /// <inheritdoc/>
    public string Name => WriterName;

    /// <inheritdoc/>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"extractive/1/{_maxCharacters}");

    /// <inheritdoc/>
    public bool IsRemote => false;

    /// <inheritdoc/>
    public bool WritesOnce => false;

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, $"writes on this machine ({Version})"));

    /// <inheritdoc/>
    public ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Write(conversation, cancellationToken));

    /// <summary>Writes one conversation on the caller's thread.</summary>
    /// <param name="conversation">The conversation, whole.</param>
    /// <param name="cancellationToken">Stops reading between two messages.</param>
    public WrittenMemory Write(Conversation conversation, CancellationToken cancellationToken)
    {
        var transcript = TranscriptReader.Read(conversation, cancellationToken);
        var weights = TermWeights.Of(transcript);
        SentenceScorer.Score(transcript, weights);
        var candidates = Candidates.Of(transcript.Sentences);
        var chosen = new SummarySelector(transcript, weights).Select(candidates, _maxCharacters);
        var (summary, citations) = SummaryPrinter.Print(transcript, chosen, _maxCharacters);
        return new WrittenMemory
        {
            Summary = summary,
            Citations = citations,
            Facts = FactFinder.Find(transcript, candidates),
            Topics = new TopicFinder(transcript, weights).Find(candidates),
        };
    }
}
