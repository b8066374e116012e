using System.Globalization;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>What one reading of the source keeps account of.</summary>
/// <param name="observer">Is told of it.</param>
/// <param name="includeHidden">Whether hidden chats are read.</param>
internal sealed class ChatReading(IReadObserver observer, bool includeHidden)
{
    private readonly HashSet<long> _seen = [];
    private long _rows;
    private long _hidden;
    private long _blank;

    /// <summary>Takes a page in, and gives its chats that did not come before.</summary>
    public IReadOnlyList<ChatRow> Take(ChatPage page)
    {
        foreach (var item in page.Unreadable)
        {
            observer.OnUnreadable(item);
        }

        var fresh = page.Rows.Where(row => _seen.Add(row.Id)).ToArray();
        _rows += fresh.Length + page.Unreadable.Count;
        observer.OnProgress(_rows, total: null);
        return fresh;
    }

    /// <summary>Tells whether messages are made of a chat.</summary>
    public bool IsRead(ChatRow row) => !row.IsBlank && (includeHidden || !row.IsHidden);

    /// <summary>Counts a chat that was asked for, if no messages are made of it.</summary>
    public void Count(ChatRow row)
    {
        if (row.IsHidden && !includeHidden)
        {
            _hidden++;
        }
        else if (row.IsBlank)
        {
            _blank++;
        }
    }

    /// <summary>Says at the end what was left out.</summary>
    public void End()
    {
        if (_hidden > 0)
        {
            observer.OnNotice(string.Create(CultureInfo.InvariantCulture, $"{Chats(_hidden)} with include: false {Were(_hidden)} left out; {AnythingLlmOptions.SectionName}:{nameof(AnythingLlmOptions.IncludeHidden)} reads them."));
        }

        if (_blank > 0)
        {
            observer.OnNotice(string.Create(CultureInfo.InvariantCulture, $"{Chats(_blank)} with neither question nor answer {Were(_blank)} left out."));
        }
    }

    private static string Chats(long count) => count == 1 ? "1 chat" : string.Create(CultureInfo.InvariantCulture, $"{count} chats");

    private static string Were(long count) => count == 1 ? "was" : "were";
}
