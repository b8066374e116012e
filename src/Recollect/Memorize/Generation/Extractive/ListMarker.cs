namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Knows the marks that start a line of a list, a heading or a quotation.</summary>
internal static class ListMarker
{
    /// <summary>Gets how many characters at the start of a line are marks, the white space after them included.</summary>
    /// <param name="line">The line or sentence, without leading white space.</param>
    public static int LengthAt(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && line[i] is '-' or '*' or '#' or '>' or '•' or '–' or '—' or '·')
        {
            i++;
        }

        var end = i > 0 ? i : AfterNumber(line);
        return end > 0 && end < line.Length && char.IsWhiteSpace(line[end]) ? end + LeadingSpace(line[end..]) : end == i && i > 1 && i < line.Length ? i : 0;
    }

    // "1." and "2)" of a list; "4. Februar" is told apart by what follows.
    private static int AfterNumber(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && i < 2 && char.IsAsciiDigit(line[i]))
        {
            i++;
        }

        return i > 0 && i < line.Length && (line[i] == ')' || (line[i] == '.' && !OrdinalDate.IsOrdinal(line[(i + 1)..]))) ? i + 1 : 0;
    }

    private static int LeadingSpace(ReadOnlySpan<char> text) => text.Length - text.TrimStart().Length;
}
