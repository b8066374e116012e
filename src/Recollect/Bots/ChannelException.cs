namespace Recollect.Bots;

/// <summary>The channel refused or could not be reached.</summary>
public sealed class ChannelException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="ChannelException"/> class.</summary>
    /// <param name="message">What failed, where, and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    public ChannelException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, isTransient, innerException)
    {
    }

    /// <summary>Gets a value indicating whether nothing at all can be done until a setting is corrected, such as a wrong token.</summary>
    public bool IsConfiguration { get; init; }
}
