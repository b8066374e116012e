using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Recall;

namespace Recollect.Cli.Evaluation;

/// <summary>The messages, windows and conversations of what one asker may see.</summary>
internal sealed class LabelledUnits
{
    private const int WindowSize = 6;
    private const int WindowStride = 3;

    private readonly MessageCandidate[] _messages;
    private readonly IReadOnlyList<MessageWindow> _windows;
    private readonly ILookup<string, (MessagePlace Place, string Thread)> _places;

    private LabelledUnits(IEnumerable<MemoryRecord> memories)
    {
        MemoryRecord[] ordered = [.. memories.OrderBy(memory => memory.Memory.StartedAt).ThenBy(memory => memory.Memory.Id, StringComparer.Ordinal)];
        _messages = [.. ordered.SelectMany(memory => memory.Messages.Select((message, i) => new MessageCandidate(memory.Memory.Id, i, message)))];
        _windows = WindowRanker.Cut(_messages, WindowSize, WindowStride);
        _places = ordered
            .SelectMany(memory => memory.Memory.MessageIds.Select(id => (new MessagePlace(memory.Memory.Id, id), memory.Memory.Thread.Thread)))
            .ToLookup(message => message.Item1.MessageId, StringComparer.Ordinal);
    }

    /// <summary>Reads what those who ask may see.</summary>
    /// <param name="store">The store.</param>
    /// <param name="askers">What each may see.</param>
    /// <param name="cancellationToken">Stops between two memories.</param>
    public static async Task<IReadOnlyDictionary<Visibility, LabelledUnits>> ReadAsync(
        IMemoryStore store, IEnumerable<Visibility> askers, CancellationToken cancellationToken)
    {
        var memories = askers.Distinct().ToDictionary(asker => asker, _ => new List<MemoryRecord>());
        await foreach (var record in store.ExportAsync(cancellationToken))
        {
            if (memories.TryGetValue(record.Memory.Owner.Visibility, out var seen))
            {
                seen.Add(record with { Messages = [.. record.Messages.Select(message => message with { Text = string.Empty })], Chunks = [], Vector = default }); // enough to name them
            }
        }

        return memories.ToDictionary(pair => pair.Key, pair => new LabelledUnits(pair.Value));
    }

    /// <summary>Gets the messages that have an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="thread">The only thread to look in; null for all.</param>
    public IReadOnlyList<MessagePlace> Find(string id, string? thread) =>
        [.. _places[id].Where(message => thread is null || string.Equals(thread, message.Thread, StringComparison.Ordinal)).Select(message => message.Place)];

    /// <summary>Ranks the windows by what recall gave for their messages.</summary>
    public IReadOnlyList<IReadOnlyCollection<MessagePlace>> RankWindows(IReadOnlyList<RecalledMessage> recalled, int top)
    {
        var scores = recalled.ToDictionary(PlaceOf, message => (float)message.Score);
        float[] ofMessages = [.. _messages.Select(message => scores.GetValueOrDefault(PlaceOf(message)))];
        return [.. WindowRanker.Rank(_windows, ofMessages, top).Select(window => PlacesOf(_windows[window]))];
    }

    public int CountWindowsWith(IReadOnlyCollection<MessagePlace> evidence) => _windows.Count(window => PlacesOf(window).Intersect(evidence).Any());

    /// <summary>Gets where a recalled message is.</summary>
    public static MessagePlace PlaceOf(RecalledMessage message) => new(message.ConversationId, message.Message.Id);

    private static MessagePlace PlaceOf(MessageCandidate message) => new(message.MemoryId, message.Message.Id);

    private MessagePlace[] PlacesOf(MessageWindow window) => [.. window.Messages.Select(i => PlaceOf(_messages[i]))];
}
