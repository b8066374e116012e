namespace Recollect.Memorize.Generation;

/// <summary>A writer could not make an acceptable memory.</summary>
public sealed class GenerationException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="GenerationException"/> class.</summary>
    /// <param name="message">What failed and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    public GenerationException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, isTransient, innerException)
    {
    }

    /// <summary>Gets what the failed calls cost all the same.</summary>
    public ModelUsage Usage { get; init; }
}
