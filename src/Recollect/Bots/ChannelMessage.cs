namespace Recollect.Bots;

/// <summary>What somebody wrote.</summary>
public sealed record ChannelMessage
{
    /// <summary>Gets the channel's own id of the message, unique within its chat.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the chat.</summary>
    public required string Chat { get; init; }

    /// <summary>Gets who wrote; the same as <see cref="Chat"/> where two talk.</summary>
    public required string Sender { get; init; }

    /// <summary>Gets a value indicating whether more than two talk in the chat.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Gets when it was written.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Gets the text; null when it is a picture, a voice or anything else that is no text.</summary>
    public string? Text { get; init; }
}
