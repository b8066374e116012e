using Recollect.Conversations;

namespace Recollect.Work;

/// <summary>Makes a reason fit beside a dead letter, whatever broker carries it.</summary>
internal static class DeadLetterReason
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxCharacters = 500;

    /// <summary>Makes it one line of well-formed text.</summary>
    /// <param name="reason">Any text.</param>
    public static string Of(string reason)
    {
        var line = string.Create(Math.Min(reason.Length, MaxCharacters), reason, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || source[i] is '\uFFFE' or '\uFFFF' ? ' ' : source[i];
            }
        }).Trim();
        return line.Length == 0 ? "no reason was given" : WellFormedText.Of(line);
    }
}
