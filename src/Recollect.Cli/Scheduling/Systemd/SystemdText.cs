using System.Text.RegularExpressions;

namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>Writes words so that systemd reads them as they are.</summary>
internal static partial class SystemdText
{
    /// <summary>Writes a word of a list, such as a path among several.</summary>
    public static string Word(string word) => Plain().IsMatch(word) ? word : $"\"{Specifiers(word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))}\"";

    /// <summary>Writes an argument of a command, in which variables would be filled in.</summary>
    public static string Argument(string word) => Word(word).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Writes a path that takes the whole line, which knows no quotes; a slash keeps what is at its end.</summary>
    public static string Line(string path) => Specifiers(path[^1] is ' ' or '\\' ? path + '/' : path);

    /// <summary>Writes a command.</summary>
    /// <param name="program">An absolute path. What systemd allows in no path of a program reaches it through a shell.</param>
    /// <param name="arguments">The arguments.</param>
    public static string Command(string program, IEnumerable<string> arguments) =>
        program.AsSpan().ContainsAny("\"'\\$")
            ? string.Join(' ', ["/bin/sh -c", Argument("exec \"$0\" \"$@\""), Argument(program), .. arguments.Select(Argument)])
            : string.Join(' ', arguments.Select(Argument).Prepend(Word(program)));

    private static string Specifiers(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9_/.:@+,=-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
