namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Puts text on one line.</summary>
internal static class OneLine
{
    /// <summary>Replaces every run of white space by a space and drops it at the ends; never longer than the text.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var line = new System.Text.StringBuilder(text.Length);
        var inSpace = false;
        foreach (var c in text)
        {
            var isSpace = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isSpace || !inSpace)
            {
                line.Append(isSpace ? ' ' : c);
            }

            inSpace = isSpace;
        }

        return line.ToString();
    }
}
