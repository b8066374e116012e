namespace Recollect.Cli.Scheduling.Cron;

/// <summary>A crontab, cut at our block. Its text has a character for each byte, so nothing is lost whatever its encoding.</summary>
/// <param name="Head">What comes before the block; everything when there is none.</param>
/// <param name="Block">The block; null when there is none.</param>
/// <param name="Tail">What comes after the block.</param>
internal sealed record CrontabText(string Head, CrontabBlock? Block, string Tail)
{
    private static readonly string[] Befores = [CrontabBlock.None, CrontabBlock.There, CrontabBlock.Unended];

    /// <summary>Finds the block of a name.</summary>
    /// <exception cref="UsageException">The block is damaged, or the lines end as Windows ends them.</exception>
    public static CrontabText Parse(string text, string name)
    {
        if (text.Contains("\r\n", StringComparison.Ordinal) || text.EndsWith('\r'))
        {
            throw new UsageException("The crontab has Windows line ends (CRLF), which cron takes for part of the commands. Mend it with \"crontab -e\", then run again; nothing was changed.");
        }

        var begins = LinesWith(text, CrontabBlock.BeginOf(name));
        var ends = LinesWith(text, CrontabBlock.EndOf(name));
        if (begins.Count == 0 && ends.Count == 0)
        {
            return new(text, null, string.Empty);
        }

        if (begins is not [var begin] || ends is not [var end] || end < begin)
        {
            throw Damaged(name, "its first or last line is missing or there twice");
        }

        var lines = text.IndexOf('\n', begin) + 1;
        var block = Befores.Select(before => new CrontabBlock(name, before, text[lines..end])).FirstOrDefault(block => string.Equals(text[begin..lines], block.Begin, StringComparison.Ordinal))
            ?? throw Damaged(name, "it is not as it was written");
        return new(text[..begin], block, text[(end + CrontabBlock.EndOf(name).Length)..]);
    }

    /// <summary>Gets the crontab with a block of these lines: in the place of the one that is there, or at the end.</summary>
    /// <param name="crontab">The crontab; null when there is none.</param>
    /// <param name="name">The name of the block.</param>
    /// <param name="lines">The lines between the markers, each with its end.</param>
    public static string With(string? crontab, string name, string lines)
    {
        if (crontab is null)
        {
            return new CrontabBlock(name, CrontabBlock.None, lines).ToString();
        }

        var text = Parse(crontab, name);
        if (text.Block is { } old)
        {
            return text.Head + (old with { Lines = lines }) + text.Tail;
        }

        var isEnded = crontab.Length == 0 || crontab[^1] == '\n';
        var before = IsOursAlone(crontab) ? CrontabBlock.None : isEnded ? CrontabBlock.There : CrontabBlock.Unended;
        return crontab + (isEnded ? string.Empty : "\n") + new CrontabBlock(name, before, lines);
    }

    /// <summary>Gets the crontab without the block; null when there is to be none.</summary>
    public string? WithoutBlock()
    {
        var head = Block is { Before: CrontabBlock.Unended } && Tail.Length == 0 && Head.EndsWith('\n') ? Head[..^1] : Head;
        var left = head + Tail;
        return left.Length == 0 && Block is { Before: CrontabBlock.None } ? null : left;
    }

    /// <summary>Says whether a crontab begins with a block for which it was made, and holds nothing but blocks.</summary>
    private static bool IsOursAlone(string crontab)
    {
        var beginning = CrontabBlock.Beginning;
        var isFirst = true;
        for (var rest = crontab; rest.Length > 0; isFirst = false)
        {
            var line = rest[..(rest.IndexOf('\n', StringComparison.Ordinal) + 1)];
            if (!line.StartsWith(beginning, StringComparison.Ordinal) || (isFirst && !line.Contains($"(before: {CrontabBlock.None};", StringComparison.Ordinal)))
            {
                return false;
            }

            var ending = "\n" + CrontabBlock.EndOf(line[beginning.Length..].Split(' ')[0]);
            var end = rest.IndexOf(ending, StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            rest = rest[(end + ending.Length)..];
        }

        return !isFirst;
    }

    private static List<int> LinesWith(string text, string beginning)
    {
        var found = new List<int>();
        for (var at = text.IndexOf(beginning, StringComparison.Ordinal); at >= 0; at = text.IndexOf(beginning, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || text[at - 1] == '\n')
            {
                found.Add(at);
            }
        }

        return found;
    }

    private static UsageException Damaged(string name, string how) => new(
        $"The lines of \"{name}\" in the crontab were changed by hand: {how}. Move lines of your own out of the block and delete the rest of it with \"crontab -e\", then run again; nothing was changed.");
}
