using Recollect.Conversations;

namespace Recollect.Ingest.Changes;

/// <summary>What is stored of one thread partition, findable by id and by time.</summary>
internal sealed class ThreadMemories
{
    /// <summary>What is known of a thread of which nothing is stored.</summary>
    public static readonly ThreadMemories None = new([]);

    private readonly Dictionary<string, MemoryHeader> _byId;
    private readonly MemoryHeader[] _byStart;
    private readonly DateTimeOffset[] _latestEnds; // of each memory and all that start before it

    public ThreadMemories(IEnumerable<MemoryHeader> headers)
    {
        _byStart = [.. headers.OrderBy(header => header.StartedAt).ThenBy(header => header.Id, StringComparer.Ordinal)];
        _byId = _byStart.ToDictionary(header => header.Id, StringComparer.Ordinal);
        _latestEnds = new DateTimeOffset[_byStart.Length];
        for (var i = 0; i < _byStart.Length; i++)
        {
            _latestEnds[i] = i > 0 && _latestEnds[i - 1] > _byStart[i].EndedAt ? _latestEnds[i - 1] : _byStart[i].EndedAt;
        }
    }

    /// <summary>Gets the memory of an id; null where there is none.</summary>
    public MemoryHeader? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Gets the ids of the other memories that cover some of a conversation's time.</summary>
    public IReadOnlyList<string> RivalsOf(Conversation conversation)
    {
        List<string>? rivals = null;
        for (var i = LastStartedBy(conversation.EndedAt); i >= 0 && _latestEnds[i] >= conversation.StartedAt; i--)
        {
            if (_byStart[i].EndedAt >= conversation.StartedAt && !string.Equals(_byStart[i].Id, conversation.Id, StringComparison.Ordinal))
            {
                (rivals ??= []).Add(_byStart[i].Id);
            }
        }

        return rivals ?? (IReadOnlyList<string>)[];
    }

    private int LastStartedBy(DateTimeOffset moment)
    {
        var (from, to) = (0, _byStart.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _byStart[middle].StartedAt <= moment ? (middle + 1, to) : (from, middle);
        }

        return from - 1;
    }
}
