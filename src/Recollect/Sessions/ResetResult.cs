namespace Recollect.Sessions;

/// <summary>What became of a conversation that was to begin anew.</summary>
/// <param name="HadMessages">Whether there was one.</param>
/// <param name="IsSaved">Whether nothing of it remains to be memorised; false: the sweep tries it again, and nothing is lost.</param>
public sealed record ResetResult(bool HadMessages, bool IsSaved);
