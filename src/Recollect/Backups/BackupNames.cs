using System.Globalization;
using System.Text.RegularExpressions;

namespace Recollect.Backups;

/// <summary>The names of backups, and of what is in them.</summary>
public static partial class BackupNames
{
    /// <summary>The folder of backups, in the data root.</summary>
    public const string Folder = "backups";

    /// <summary>The folder of the config file in a backup.</summary>
    public const string Config = "config/";

    /// <summary>The file of the data root that says what people did on the pages.</summary>
    internal const string Audit = "audit.jsonl";

    internal const string Manifest = "manifest.json";
    internal const string Memories = "memories.jsonl";
    internal const string State = "state/state.db";
    internal const string Sessions = "sessions/";
    internal const string Data = "data/";
    internal const string Logs = "logs/";

    private const string TimeFormat = "yyyyMMdd-HHmmss";
    private const int LongestName = 1_024;

    /// <summary>Gets the name of a backup's file.</summary>
    internal static string FileOf(DateTimeOffset begun) => $"recollect-{begun.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}.tar.gz";

    /// <summary>Gets when a backup was begun, by the name of its file; null for what is none.</summary>
    internal static DateTimeOffset? TimeOf(string fileName) =>
        FileName().Match(fileName) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Tells whether a name in a backup is one that this program writes: it cannot lead out of the folder that it is restored into.</summary>
    internal static bool IsOurs(string name) =>
        name is Manifest or Memories or State
        || (name.Length <= LongestName && !name.Any(static c => char.IsControl(c) || c is '\\' or ':')
            && new[] { Sessions, Data, Logs, Config }.Any(folder => name.StartsWith(folder, StringComparison.Ordinal))
            && name.Split('/').All(static part => part is not ("" or "." or "..")));

    [GeneratedRegex(@"^recollect-(?<time>\d{8}-\d{6})\.tar\.gz\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
