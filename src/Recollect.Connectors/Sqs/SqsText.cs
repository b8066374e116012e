using System.Globalization;

namespace Recollect.Connectors.Sqs;

/// <summary>Knows which text SQS carries.</summary>
internal static class SqsText
{
    /// <summary>Finds the first character that is not carried.</summary>
    /// <param name="text">The text.</param>
    /// <returns>What it is, such as <c>U+0000 at 12</c>; null where all are carried.</returns>
    public static string? FirstRefused(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (text[i] is (< ' ' and not ('\t' or '\n' or '\r')) or (>= '\ud800' and <= '\udfff') or > '\ufffd')
            {
                return string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[i]:X4} at {i}");
            }
        }

        return null;
    }

    /// <summary>Cuts a text so that it has no more bytes than given, and no character is cut in two.</summary>
    public static string Cut(string text, int bytes)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
