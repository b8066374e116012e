using Recollect.Ingest.Sources;

namespace Recollect.Connectors;

/// <summary>One call failed; <see cref="ApiRetries"/> makes a <see cref="SourceException"/> of it when trying again did not help.</summary>
internal sealed class ApiException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ApiException"/> class.</summary>
    /// <param name="finding">What failed and where, in one sentence.</param>
    /// <param name="advice">What to do, in one sentence.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">What lies behind it; null when there is nothing.</param>
    public ApiException(string finding, string advice, bool isTransient, Exception? innerException = null)
        : base(finding, innerException) => (Advice, IsTransient) = (advice, isTransient);

    /// <summary>Gets what to do.</summary>
    public string Advice { get; }

    /// <summary>Gets a value indicating whether the same call may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets how long the server asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
