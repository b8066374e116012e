using Recollect.Memorize.Embedding;
using Recollect.Text;

namespace Recollect.Connectors.OpenAi;

/// <summary>Texts of one caller that travel in one request.</summary>
/// <param name="texts">The texts; at least one.</param>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class Parcel(IReadOnlyList<string> texts, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<ParcelResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the texts.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>Gets what the caller waits with.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets the tokens, as estimated.</summary>
    public long Tokens { get; } = texts.Sum(TokenEstimate.Of);

    /// <summary>Gets what the parcel takes of a request's room.</summary>
    public long Load { get; } = texts.Sum(LoadOf);

    /// <summary>Gets or sets when it began to wait, as a timestamp of the clock.</summary>
    public long WaitsSince { get; set; }

    /// <summary>Gets or sets a value indicating whether it shares no request any more.</summary>
    public bool GoesAlone { get; set; }

    /// <summary>Gets or sets its share of requests that were made for it before.</summary>
    public EmbeddingUsage Before { get; set; }

    /// <summary>Gets a value indicating whether it has its vectors, its failure, or nobody who waits for it.</summary>
    public bool IsDone => _result.Task.IsCompleted;

    /// <summary>Gets what a text takes of a request's room: a careful estimate, because vocabularies differ most where scripts are not Latin.</summary>
    public static long LoadOf(string text)
    {
        var estimate = TokenEstimate.Of(text);
        return estimate + (estimate / 8) + ((System.Text.Encoding.UTF8.GetByteCount(text) - text.Length) * 3 / 4);
    }

    /// <summary>Waits for the vectors or the failure.</summary>
    public Task<ParcelResult> WaitAsync() => _result.Task.WaitAsync(CancellationToken.None); // a caller that gives up ends it by Cancel

    /// <summary>Hands the vectors over.</summary>
    public void Complete(IReadOnlyList<ReadOnlyMemory<float>> vectors, EmbeddingUsage usage) => _result.TrySetResult(new(vectors, Before + usage));

    /// <summary>Hands a failure over.</summary>
    public void Fail(EmbeddingException failure) => _result.TrySetException(failure);

    /// <summary>Notes that the caller has gone.</summary>
    public void Cancel() => _result.TrySetCanceled(cancellationToken);
}
