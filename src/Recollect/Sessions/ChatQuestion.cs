namespace Recollect.Sessions;

/// <summary>A message of a person to the bot.</summary>
public sealed record ChatQuestion
{
    /// <summary>Gets the chat, a person or a group, as the channel names it. Sessions and memories are the chat's.</summary>
    public required string Chat { get; init; }

    /// <summary>Gets the person who writes, as the channel names them: in a group, a member. The role is the person's.</summary>
    public required string Person { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the channel's id of the message, unique in its chat; null where the channel has none, and then no message is known to have come before.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the name of the person; null when it is not known.</summary>
    public string? Name { get; init; }
}
