using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>One thread of a scripted source, and when its messages changed.</summary>
internal sealed class ScriptedThread(ThreadKey key, bool isGiven)
{
    private readonly List<(Message Message, DateTimeOffset ChangedAt)> _entries = [];
    private DateTimeOffset _changedAt;

    public ThreadKey Key => key;

    public bool IsGiven => isGiven;

    public IReadOnlyList<Message> Messages => [.. _entries.Select(entry => entry.Message)];

    public void Add(Message message, DateTimeOffset now)
    {
        _entries.Add((message, now));
        _changedAt = now;
    }

    public void Replace(string id, Func<Message, Message> change, DateTimeOffset now)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Message.Id, id, StringComparison.Ordinal))
            {
                _entries[i] = (change(_entries[i].Message), now);
            }
        }

        _changedAt = now;
    }

    public void Remove(string id, DateTimeOffset now)
    {
        _entries.RemoveAll(entry => string.Equals(entry.Message.Id, id, StringComparison.Ordinal));
        _changedAt = now;
    }

    /// <summary>Gets what a reader gets who asks for changes and for conversations.</summary>
    public IEnumerable<SourceMessage> Read(ReadRequest request, ReadDepth depth, TimeSpan window)
    {
        var thread = new SourceThread { Key = key, IsConversation = isGiven, UpdatedAt = isGiven ? _changedAt : null, Title = isGiven ? $"Title of {key.Thread}" : null };
        var messages = Wanted(request, depth, window);
        return messages.Select(message => new SourceMessage { Thread = thread, Message = message });
    }

    private IEnumerable<Message> Wanted(ReadRequest request, ReadDepth depth, TimeSpan window)
    {
        if (request.ChangedSince is not { } since || depth == ReadDepth.Everything)
        {
            return Messages;
        }

        var runs = Runs(window);
        var first = runs.FindIndex(run => run.Any(entry => entry.ChangedAt >= since) || request.Conversations.Contains(IdOf(run), StringComparer.Ordinal));
        return first < 0 ? []
            : depth == ReadDepth.Threads ? Messages
            : runs.Skip(first).SelectMany(run => run.Select(entry => entry.Message));
    }

    private List<List<(Message Message, DateTimeOffset ChangedAt)>> Runs(TimeSpan window)
    {
        var runs = new List<List<(Message Message, DateTimeOffset ChangedAt)>>();
        foreach (var entry in _entries.OrderBy(entry => entry.Message.SentAt).ThenBy(entry => entry.Message.Position))
        {
            if (runs.Count == 0 || (!isGiven && entry.Message.SentAt - runs[^1][^1].Message.SentAt > window))
            {
                runs.Add([]);
            }

            runs[^1].Add(entry);
        }

        return runs;
    }

    private string IdOf(List<(Message Message, DateTimeOffset ChangedAt)> run) =>
        isGiven ? Conversation.Given(key, [run[0].Message]).Id : Conversation.FromRun(key, [run[0].Message]).Id;
}
