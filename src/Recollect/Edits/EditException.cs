namespace Recollect.Edits;

/// <summary>A memory cannot be edited as it was asked.</summary>
/// <param name="message">What, and what to do; no text of messages.</param>
public sealed class EditException(string message) : RecollectException(message, isTransient: false, innerException: null);
