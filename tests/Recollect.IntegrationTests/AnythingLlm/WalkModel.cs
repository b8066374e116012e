using Recollect.IntegrationTests.AnythingLlm.Stub;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>Says in the plainest way how many pages a reading of what changed needs.</summary>
/// <param name="chats">All chats.</param>
/// <param name="since">Since when they are new.</param>
internal sealed class WalkModel(IEnumerable<StubChat> chats, DateTimeOffset since)
{
    private const int PageSize = 20;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly StubChat[] _newestFirst = [.. chats.OrderByDescending(chat => chat.Id)];

    /// <summary>Gets the number of pages.</summary>
    public int Pages
    {
        get
        {
            var all = Math.Max(1, (_newestFirst.Length + PageSize - 1) / PageSize);
            return Enumerable.Range(1, all).First(pages => pages == all || IsEnough(pages));
        }
    }

    private bool IsEnough(int pages)
    {
        var walked = _newestFirst[..(pages * PageSize)];
        var lastNew = Array.FindLastIndex(walked, chat => ChatHistory.TimeOf(chat) >= since);
        var oldest = walked.Chunk(PageSize).Where((_, page) => (page + 1) * PageSize > lastNew + 1).Select(page => page.Max(ChatHistory.TimeOf)).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return oldest < since && walked.Where(IsRead).GroupBy(ThreadOf, StringComparer.Ordinal).All(thread => StartIsKnown([.. thread], lastNew < 0 ? long.MaxValue : walked[lastNew].Id, oldest));
    }

    private static bool StartIsKnown(StubChat[] thread, long firstNewId, DateTimeOffset oldest)
    {
        var inTime = thread.OrderByDescending(ChatHistory.TimeOf).ThenByDescending(chat => chat.Id).ToArray();
        var earliest = Array.FindLastIndex(inTime, chat => chat.Id >= firstNewId);
        if (earliest < 0)
        {
            return true;
        }

        var start = earliest;
        while (start + 1 < inTime.Length && ChatHistory.TimeOf(inTime[start]) - ChatHistory.TimeOf(inTime[start + 1]) <= SourceBench.Window)
        {
            start++;
        }

        return start + 1 < inTime.Length || ChatHistory.TimeOf(inTime[start]) - oldest > SourceBench.Window + Margin;
    }

    private static bool IsRead(StubChat chat) => chat.Include && (chat.Prompt is { Length: > 0 } || chat.Response is not null);

    private static string ThreadOf(StubChat chat) => $"{chat.WorkspaceId}/{chat.ThreadId}/{chat.Session}/{chat.User}";
}
