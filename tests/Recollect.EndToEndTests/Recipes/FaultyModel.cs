using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Recollect.Conformance.Servers;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>A model that fails as models do: 10 in 100 calls with 429 or 5xx, and of 100 conversations 3 with broken JSON first, 1 with a refusal always, 1 with a reply that is cut short first.</summary>
internal sealed partial class FaultyModel
{
    private readonly ConcurrentDictionary<int, int> _completed = new();
    private readonly ConcurrentDictionary<int, int> _asked = new();
    private int _calls;

    /// <summary>Gets how many calls came.</summary>
    public int Asked => _calls;

    /// <summary>Gets how often the model completed a reply for conversations of which one reply is enough, by conversation.</summary>
    public IReadOnlyDictionary<int, int> Completed => _completed;

    public static bool IsRefused(int conversation) => conversation % 100 == 7;

    /// <summary>Answers a call.</summary>
    public ChatAnswer? Answer(ChatCall call)
    {
        Interlocked.Increment(ref _calls);
        var conversation = int.Parse(Talk().Match(call.User).Groups["id"].Value, CultureInfo.InvariantCulture);
        if (call.Number % 10 == 3)
        {
            return call.Number % 20 == 3 ? ChatAnswer.TooMany() : ChatAnswer.Error(503, "server_error", code: null);
        }

        if (IsRefused(conversation))
        {
            return ChatAnswer.Refused;
        }

        var asked = _asked.AddOrUpdate(conversation, 1, static (_, before) => before + 1);
        if (conversation % 100 == 13)
        {
            return asked == 1 ? ChatAnswer.CutShort : null; // then it is written in parts, whose replies are not counted
        }

        if (conversation % 100 is 21 or 42 or 84 && asked == 1)
        {
            return ChatAnswer.Says("{\"summary\": \"It ends in the middle of a");
        }

        _completed.AddOrUpdate(conversation, 1, static (_, before) => before + 1);
        return null;
    }

    [GeneratedRegex(@"of talk (?<id>\d+) about", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Talk();
}
