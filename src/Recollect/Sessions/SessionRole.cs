namespace Recollect.Sessions;

/// <summary>What a person is to the bot.</summary>
public enum SessionRole
{
    /// <summary>Anyone.</summary>
    Client,

    /// <summary>The one whom the bot belongs to.</summary>
    Godfather,

    /// <summary>Who runs the bot.</summary>
    Admin,

    /// <summary>Who is not answered.</summary>
    Blocked,
}
