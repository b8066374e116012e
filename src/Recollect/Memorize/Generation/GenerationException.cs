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

    /// <summary>Gets a value indicating whether the request was longer than the model's context window, so that a part of the conversation may fit.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>Gets a value indicating whether the model may have refused the form in which the reply was asked for, so that another form may do.</summary>
    public bool IsFormatRefused { get; init; }

    /// <summary>Gets a value indicating whether no call was made because the run may not spend that much: no fault of the conversation.</summary>
    internal bool IsOverBudget { get; init; }

    /// <summary>Gets a value indicating whether the request never left, and so cost nothing.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>Gets the same failure with another cost.</summary>
    internal GenerationException With(ModelUsage usage) => new(Message, IsTransient, this)
    {
        Usage = usage,
        RetryAfter = RetryAfter,
        IsTooLong = IsTooLong,
        IsFormatRefused = IsFormatRefused,
        IsOverBudget = IsOverBudget,
        IsUnsent = IsUnsent,
    };
}
