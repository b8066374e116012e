namespace Recollect.Conversations;

/// <summary>The usual values of <see cref="Message.Role"/>; a source may use others.</summary>
public static class Roles
{
    /// <summary>The person.</summary>
    public const string User = "user";

    /// <summary>The bot.</summary>
    public const string Assistant = "assistant";

    /// <summary>Instructions or notices that neither side wrote.</summary>
    public const string System = "system";
}
