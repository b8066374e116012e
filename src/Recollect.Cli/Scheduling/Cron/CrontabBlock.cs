using System.Security.Cryptography;
using System.Text;

namespace Recollect.Cli.Scheduling.Cron;

/// <summary>Our lines in a crontab, between two lines that say whose they are and what was there before.</summary>
/// <param name="Name">The schedule's name.</param>
/// <param name="Before">What the crontab was before; see the constants.</param>
/// <param name="Lines">The lines between the markers, each with its end.</param>
internal sealed record CrontabBlock(string Name, string Before, string Lines)
{
    /// <summary>There was no crontab.</summary>
    public const string None = "none";

    /// <summary>There was a crontab.</summary>
    public const string There = "there";

    /// <summary>There was a crontab whose last line had no end.</summary>
    public const string Unended = "unended";

    /// <summary>How the first line of any block begins.</summary>
    public const string Beginning = "# BEGIN recollect ";

    /// <summary>Gets how the first line of a block of this name begins.</summary>
    public static string BeginOf(string name) => $"{Beginning}{name} ";

    /// <summary>Gets the last line, with its end.</summary>
    public static string EndOf(string name) => $"# END recollect {name}\n";

    /// <summary>Gets the first line, with its end.</summary>
    public string Begin => $"{BeginOf(Name)}(before: {Before}; check: {Check})\n";

    /// <summary>Gets a hash of the lines, by which a change by hand is seen.</summary>
    public string Check => Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(Lines)))[..12];

    /// <inheritdoc/>
    public override string ToString() => Begin + Lines + EndOf(Name);
}
