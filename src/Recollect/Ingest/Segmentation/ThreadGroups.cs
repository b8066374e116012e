using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>Messages in memory, by thread partition.</summary>
internal sealed class ThreadGroups
{
    private const int BytesPerMessage = 240; // object headers, references and the usual short fields

    private const int BytesPerThread = 560; // the partition with its key and id, the list and its place in the dictionary

    private const int BytesPerField = 48;

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private Group? _last;

    /// <summary>Gets roughly how much memory the messages and their partitions take.</summary>
    public long Bytes { get; private set; }

    public void Add(SourceMessage item)
    {
        var group = GroupOf(item.Thread);
        group.Messages.Add(item.Message);
        Bytes += BytesOf(item.Message);
    }

    /// <summary>Gets the partitions in the order of their ids, each sorted.</summary>
    public IEnumerable<ThreadMessages> InOrder()
    {
        foreach (var (_, group) in _groups.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            SortUnlessSorted(group.Messages);
            yield return new(group.Thread, group.Messages);
        }
    }

    public void Clear()
    {
        _groups.Clear();
        _last = null;
        Bytes = 0;
    }

    private Group GroupOf(SourceThread thread)
    {
        if (_last is not null && ReferenceEquals(_last.Thread, thread))
        {
            return _last;
        }

        if (!_groups.TryGetValue(thread.Key.Id, out var group))
        {
            _groups.Add(thread.Key.Id, group = new(thread));
            Bytes += BytesOf(thread);
        }

        group.Thread = Newer(group.Thread, thread);
        return _last = group;
    }

    /// <summary>Of two descriptions of one partition, takes the one that the source changed last.</summary>
    internal static SourceThread Newer(SourceThread known, SourceThread other) =>
        (other.UpdatedAt ?? DateTimeOffset.MinValue) > (known.UpdatedAt ?? DateTimeOffset.MinValue) ? other : known;

    private static long BytesOf(SourceThread thread) =>
        BytesPerThread + (2L * (thread.Key.Thread.Length + thread.Key.Owner.User.Length + (thread.Title?.Length ?? 0)));

    private static long BytesOf(Message message)
    {
        var characters = message.Text.Length + message.Id.Length + (long)(message.Author?.Length ?? 0) + (message.OrderKey?.Length ?? 0);
        foreach (var (name, value) in message.Metadata)
        {
            characters += name.Length + value.Length + BytesPerField;
        }

        return BytesPerMessage + (2 * characters);
    }

    private static void SortUnlessSorted(List<Message> messages)
    {
        for (var i = 1; i < messages.Count; i++)
        {
            if (MessageOrder.Instance.Compare(messages[i - 1], messages[i]) > 0)
            {
                messages.Sort(MessageOrder.Instance);
                return;
            }
        }
    }

    private sealed class Group(SourceThread thread)
    {
        public SourceThread Thread { get; set; } = thread;

        public List<Message> Messages { get; } = [];
    }
}
