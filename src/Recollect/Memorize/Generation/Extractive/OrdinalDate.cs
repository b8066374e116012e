using Recollect.Memorize.Generation.Extractive.Cues;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Recognises days written with a dot, as in <c>26. März</c>.</summary>
internal static class OrdinalDate
{
    /// <summary>Says whether two neighbouring sentences were torn apart at the dot of a day.</summary>
    /// <param name="before">The text up to the end of the first one.</param>
    /// <param name="after">The second one.</param>
    /// <param name="start">Where the second one starts.</param>
    public static bool IsSplit(ReadOnlySpan<char> before, ReadOnlySpan<char> after, int start) =>
        before.Length is > 2 and var end && start == end + 1 && before[^1] == '.' && char.IsAsciiDigit(before[^2])
        && (!char.IsAsciiDigit(before[^3]) || end == 3 || !char.IsAsciiDigit(before[^4])) && IsOrdinal(after);

    /// <summary>Says whether what follows a number and a dot makes them the day of a date.</summary>
    /// <param name="rest">What follows.</param>
    public static bool IsOrdinal(ReadOnlySpan<char> rest)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var words = new Tokenizer(rest.Length > 40 ? rest[..40] : rest, buffer);
        return words.Read() && words.Start <= 1
            && (words.Token is "bis" or "und" or "oder" || (CueLexicon.Of(words.Token) & CueKinds.Month) != CueKinds.None);
    }
}
