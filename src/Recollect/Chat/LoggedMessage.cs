namespace Recollect.Chat;

/// <summary>A message to be remembered.</summary>
/// <param name="Id">Its id, 32 hexadecimal characters; one that its thread has already is not written again.</param>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">The text.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Author">The name of the author; null where there is none.</param>
internal sealed record LoggedMessage(string Id, string Role, string Text, DateTimeOffset SentAt, string? Author);
