using System.CommandLine;
using System.Globalization;

namespace Recollect.Cli.Commands;

/// <summary>The option that names files to read, which stands for the settings of the <c>files</c> source.</summary>
internal static class FromOption
{
    public static Option<string[]> From { get; } = new("--from")
    {
        Description = "Files, folders or globs: JSONL, a ChatGPT conversations.json, or a WhatsApp chat export",
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Gets the settings that the option stands for; none when it was not given.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult arguments)
    {
        var paths = arguments.GetValue(From) ?? [];
        if (paths.Length == 0)
        {
            return [];
        }

        return paths
            .Select((path, i) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"Sources:Files:Paths:{i}"), (string?)path))
            .Append(new("Sources:Use", "files"));
    }
}
