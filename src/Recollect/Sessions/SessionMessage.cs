namespace Recollect.Sessions;

/// <summary>One message of a session.</summary>
public sealed record SessionMessage
{
    /// <summary>Gets the id, unique within the session.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Gets who speaks: <c>user</c>, <c>assistant</c>, or a role that another program wrote.</summary>
    public required string Role { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets who sent it, as the channel names it; <c>AI</c> for the bot.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Gets who received it.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>Gets the name of the sender; null when it is not known.</summary>
    public string? SenderName { get; init; }

    /// <summary>Gets when it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Gets when it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Gets its place in the session, from 1.</summary>
    public required int Order { get; init; }

    /// <summary>Gets the channel's id of it, of an answer that of its question; null where the channel has none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Gets a value indicating whether a question was answered. True of other messages.</summary>
    public bool IsAnswered { get; init; } = true;

    /// <summary>Gets a value indicating whether an answer was handed to the channel.</summary>
    public bool IsSent { get; init; }
}
