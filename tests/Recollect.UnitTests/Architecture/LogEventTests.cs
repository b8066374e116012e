using System.Text.RegularExpressions;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed partial class LogEventTests
{
    [Fact]
    public void No_two_log_messages_share_an_event_id()
    {
        var events = from file in SourceFile.In("src")
                     from Match match in LogMessage().Matches(file.Code)
                     select (Id: match.Groups["id"].Value, file.Path);
        var known = events.ToLookup(one => one.Id, one => one.Path, StringComparer.Ordinal);

        Assert.NotEmpty(known);
        Findings.None(
            known.Where(paths => paths.Count() > 1).Select(paths => $"{paths.Key}: {string.Join(", ", paths)}"),
            "Give each message an id of its own, in its folder's block of 1000; an id is never used again.");
    }

    [Fact]
    public void Every_log_message_has_an_event_id()
    {
        var nameless = SourceFile.In("src").Where(file => AnyLogMessage().Count(file.Code) != LogMessage().Count(file.Code)).Select(file => file.Path);

        Findings.None(nameless, "Write [LoggerMessage(ID, LogLevel.…, \"…\")] or EventId = ID.");
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LogMessage();

    [GeneratedRegex(@"\[LoggerMessage\(", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AnyLogMessage();
}
