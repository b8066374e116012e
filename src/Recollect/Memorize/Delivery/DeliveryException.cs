namespace Recollect.Memorize.Delivery;

/// <summary>A receiver refused a memory or could not be reached.</summary>
public sealed class DeliveryException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="DeliveryException"/> class.</summary>
    /// <param name="message">What failed, where, and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    public DeliveryException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, isTransient, innerException)
    {
    }

    /// <summary>Gets a value indicating whether the receiver refused this very conversation, so that it is parked at once: trying again helps only after somebody has looked.</summary>
    public bool IsRefusal { get; init; }
}
