using System.Globalization;

namespace Recollect.Cli.Output;

/// <summary>Makes foreign text safe for a terminal: it can neither steer it nor reorder what stands around it.</summary>
internal static class Printable
{
    /// <summary>Replaces control characters and the controls of writing direction by U+FFFD; other text is returned as it is.</summary>
    public static string Of(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(character => IsUnsafe(character) ? '\uFFFD' : character)) : text;

    private static bool IsUnsafe(char character) =>
        char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
