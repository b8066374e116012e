namespace Recollect.Recall;

/// <summary>A question cannot be answered with the store or the settings there are.</summary>
/// <param name="message">Why, and what to change.</param>
public sealed class RecallException(string message) : RecollectException(message, isTransient: false, innerException: null);
