using System.Globalization;
using System.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>
/// Marks every word of a text with the partition that it belongs to, so that the index holds a list of its own for each
/// partition and word: a search reads nothing of anybody else, and no query can name another's words.
/// </summary>
internal static class OwnedText
{
    /// <summary>The name of the SQL function.</summary>
    public const string Function = "owned";

    /// <summary>Marks the words of a text and drops what lies between them.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="text">Any text.</param>
    /// <returns>The words, separated by spaces; empty where there is none.</returns>
    public static string Of(long partition, ReadOnlySpan<char> text)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{partition}x"); // no vowel: the stemmer must not see a syllable in it
        var words = new StringBuilder(text.Length * 2);
        var isInside = false;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            if (!IsOfWord(rune))
            {
                isInside = false;
            }
            else
            {
                if (!isInside)
                {
                    words.Append(words.Length == 0 ? "" : " ").Append(prefix);
                    isInside = true;
                }

                words.Append(text[..length]);
            }

            text = text[length..];
        }

        return words.ToString();
    }

    private static bool IsOfWord(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value);
        }

        return Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse; // letters, marks and numbers
    }
}
