using System.Text.RegularExpressions;
using Recollect.EndToEndTests.Commands;

namespace Recollect.EndToEndTests.Mcp;

/// <summary>Reads in the log of a service where it listens.</summary>
internal static partial class ServingLog
{
    public static async Task<Uri> ListeningAsync(RecollectProcess process, Workplace place)
    {
        await process.UntilAsync(() => Listening().IsMatch(Text(place)));
        return new(Listening().Match(Text(place)).Groups["url"].Value);
    }

    /// <summary>Gets all that is logged.</summary>
    public static string Text(Workplace place) => !Directory.Exists(place.PathOf("logs"))
        ? string.Empty
        : string.Concat(Directory.GetFiles(place.PathOf("logs"), "recollect_*.log").Select(path =>
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }));

    [GeneratedRegex(@"Listening on (?<url>http://\S+)\n", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
