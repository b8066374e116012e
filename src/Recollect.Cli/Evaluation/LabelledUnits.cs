using Recollect.Memorize.Stores;
using Recollect.Recall;

namespace Recollect.Cli.Evaluation;

/// <summary>The windows and sessions of one owner's chats.</summary>
internal sealed class LabelledUnits
{
    private const int WindowSize = 6;
    private const int WindowStride = 3;

    private readonly MessageCandidate[] _messages;
    private readonly IReadOnlyList<MessageWindow> _windows;
    private readonly HashSet<string>[] _sessions;

    public LabelledUnits(IReadOnlyList<LabelledSession> sessions)
    {
        _messages = [.. sessions.SelectMany((session, s) => session.Messages.Select((message, i) => new MessageCandidate(s.ToString("D8", System.Globalization.CultureInfo.InvariantCulture), i, message)))];
        _windows = WindowRanker.Cut(_messages, WindowSize, WindowStride);
        _sessions = [.. sessions.Select(session => session.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal))];
    }

    /// <summary>Ranks the windows by what recall gave for their messages.</summary>
    public IReadOnlyList<IReadOnlyCollection<string>> RankWindows(IReadOnlyList<RecalledMessage> recalled, int top)
    {
        var scores = recalled.ToDictionary(message => message.Message.Id, message => (float)message.Score, StringComparer.Ordinal);
        float[] ofMessages = [.. _messages.Select(message => scores.GetValueOrDefault(message.Message.Id))];
        return [.. WindowRanker.Rank(_windows, ofMessages, top).Select(window => IdsOf(_windows[window]))];
    }

    public int CountWindowsWith(IReadOnlyList<string> evidence) => _windows.Count(window => IdsOf(window).Intersect(evidence, StringComparer.Ordinal).Any());

    public int CountSessionsWith(IReadOnlyList<string> evidence) => _sessions.Count(session => session.Overlaps(evidence));

    private string[] IdsOf(MessageWindow window) => [.. window.Messages.Select(i => _messages[i].Message.Id)];
}
