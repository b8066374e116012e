using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Server.Web.Layout;
using Recollect.State;

namespace Recollect.Server.Web.Export;

/// <summary>Prints memories for people: one file that needs nothing else, loads nothing and runs nothing.</summary>
/// <param name="zone">The zone of the times.</param>
internal sealed class ReadableExport(TimeZoneInfo zone)
{
    /// <summary>What the file may load: nothing but its own style.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private const string Style =
        """
        :root { color-scheme: light dark; }
        body { max-width: 50rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        article { border-top: 1px solid; margin-top: 2rem; }
        .text { white-space: pre-wrap; }
        .quiet { opacity: 0.75; }
        :target { outline: 2px solid; }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All); // text of every script is written as it is

    private int _memories;

    /// <summary>Prints what stands before the memories.</summary>
    public string Begin(Owner owner, DateTimeOffset now) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Memories of {Encode(owner.User)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <h1>Memories of <bdi>{Encode(owner.User)}</bdi></h1>
        <p class="quiet">Scope {Encode(owner.Scope)}, tenant {Encode(owner.Tenant)}, on {Time(now)}. Times are of the zone {Encode(zone.Id)}.</p>

        """;

    /// <summary>Prints one memory.</summary>
    public string Print(MemoryRecord record, IReadOnlyList<MemoryEdit> edits)
    {
        var (memory, html) = (record.Memory, new StringBuilder());
        _memories++;
        var numbers = record.Messages.Select(static (message, index) => (message.Id, Number: index + 1)).DistinctBy(static one => one.Id, StringComparer.Ordinal)
            .ToDictionary(static one => one.Id, static one => one.Number, StringComparer.Ordinal);
        html.Append(CultureInfo.InvariantCulture, $"<article>\n<h2 dir=\"auto\">{Encode(Headings.Of(memory.Title, memory.Topics, memory.Thread.Thread))}</h2>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Time(memory.StartedAt)} to {Time(memory.EndedAt)}, {memory.MessageIds.Count:N0} messages</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"text\" dir=\"auto\">{Encode(memory.Summary)}</p>\n");
        if (memory.Content is { } content)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"text\" dir=\"auto\">{Encode(content)}</p>\n");
        }

        AppendList(html, "Facts", memory.Facts.Select(fact => $"<span dir=\"auto\">{Encode(fact.Text)}</span> <span class=\"quiet\">{CitesOf(fact, numbers)}</span>"));
        AppendList(html, "Corrected and deleted by hand", edits.Select(Describe));
        AppendList(html, "Messages", record.Messages.Select((message, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"<div id=\"message-{_memories}-{index + 1}\"><strong><bdi>{Encode(message.Author ?? message.Role)}</bdi></strong> <span class=\"quiet\">{Time(message.SentAt)}</span><div class=\"text\" dir=\"auto\">{Encode(message.Text)}</div></div>")));
        return html.Append("</article>\n").ToString();
    }

    /// <summary>Prints what stands behind them.</summary>
    public string End() => string.Create(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{_memories:N0} memories.</p>\n</body>\n</html>\n");

    private static void AppendList(StringBuilder html, string name, IEnumerable<string> items)
    {
        var isEmpty = true;
        foreach (var item in items)
        {
            html.Append(isEmpty ? $"<h3>{name}</h3>\n<ol>\n" : string.Empty).Append("<li>").Append(item).Append("</li>\n");
            isEmpty = false;
        }

        html.Append(isEmpty ? string.Empty : "</ol>\n");
    }

    private string CitesOf(Fact fact, Dictionary<string, int> numbers) => string.Join(", ", fact.Citations.Select(static citation => citation.MessageId).Distinct(StringComparer.Ordinal).Select(id =>
        numbers.TryGetValue(id, out var number) ? string.Create(CultureInfo.InvariantCulture, $"<a href=\"#message-{_memories}-{number}\">message {number}</a>") : $"message {Encode(id)}"));

    private string Describe(MemoryEdit edit) =>
        $"{(edit.Replacement is { } now ? $"corrected to <bdi>{Encode(now)}</bdi>" : "deleted")} on {Time(edit.At)} by {Encode(edit.By)} (was: <bdi>{Encode(edit.Fact!)}</bdi>)";

    private string Time(DateTimeOffset moment) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{moment.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{TimeZoneInfo.ConvertTime(moment, zone):yyyy-MM-dd HH:mm}</time>");

    private static string Encode(string text) => Encoder.Encode(text);
}
