using System.CommandLine.Parsing;
using Recollect.Text;

namespace Recollect.Cli.Commands;

/// <summary>Reads the durations of options.</summary>
internal static class DurationParser
{
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : string.Empty;
        if (DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"\"{text}\" is no duration; write 90s, 30m, 24h or 7d.");
        return default;
    }
}
