namespace Recollect.Sessions;

/// <summary>What a person is told who begins anew, and how that is asked for.</summary>
internal static class ResetTexts
{
    /// <summary>What to say where memory is off, or there is no conversation.</summary>
    public const string Fresh = "A fresh conversation begins.";

    private const string Command = "/reset";
    private const string Saved = "Your conversation was saved. A fresh one begins.";
    private const string NotSaved = "A fresh conversation begins. The one before could not be saved yet; it is kept, and saved as soon as that is possible.";

    /// <summary>Tells whether a message asks to begin anew: it is nothing but the command.</summary>
    public static bool IsAskedFor(string text) => string.Equals(text.Trim(), Command, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets what to say.</summary>
    public static string Of(ResetResult result) => !result.HadMessages ? Fresh : result.IsSaved ? Saved : NotSaved;
}
