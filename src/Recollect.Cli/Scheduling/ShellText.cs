using System.Text.RegularExpressions;

namespace Recollect.Cli.Scheduling;

/// <summary>Writes words so that a POSIX shell reads them as they are.</summary>
internal static partial class ShellText
{
    /// <summary>Quotes a word where it needs it; a percent sign stays outside of the quotes, where cron's own escape can stand before it.</summary>
    public static string Quote(string word) =>
        Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal).Replace("%", "'%'", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_/.:@+,=-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
