using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Recall;

/// <summary>What the ranking needs to know of one message: read from its text once per question.</summary>
internal sealed class MessageFeatures
{
    private const int ManyMessages = 500; // that are worth more than one core

    private readonly float[] _frequencies;
    private readonly bool[] _exact;

    private MessageFeatures(LexicalQuery query, WordReadings words, ReadOnlySpan<char> text)
    {
        _frequencies = new float[query.Terms.Count];
        _exact = new bool[query.Terms.Count];
        var (self, other) = (false, false);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(text, buffer);
        while (tokens.Read())
        {
            var word = words.Of(tokens.Token, tokens.Kind);
            Length += word.IsStopWord ? 0 : 1;
            TellsTime |= query.AsksForTime && word.TellsTime;
            self |= word.MeansSpeaker is true;
            other |= word.MeansSpeaker is false;
            foreach (var match in word.Matches)
            {
                _frequencies[match.Term] += match.Weight;
                _exact[match.Term] |= match.Weight >= 1;
            }
        }

        IsOfListener = other && !self;
        IsQuestion = text.TrimEnd() is [.., '?' or '\uFF1F' or '\u061F'];
    }

    /// <summary>Reads messages.</summary>
    /// <param name="query">The question.</param>
    /// <param name="messages">The messages.</param>
    internal static MessageFeatures[] Read(LexicalQuery query, IReadOnlyList<MessageCandidate> messages)
    {
        var features = new MessageFeatures[messages.Count];
        if (features.Length < ManyMessages)
        {
            var words = new WordReadings(query);
            return [.. messages.Select(message => new MessageFeatures(query, words, message.Message.Text))];
        }

        Parallel.For( // most of the time of a recall goes here
            0,
            features.Length,
            () => new WordReadings(query),
            (i, _, words) =>
            {
                features[i] = new(query, words, messages[i].Message.Text);
                return words;
            },
            static _ => { });
        return features;
    }

    /// <summary>Gets the number of content words.</summary>
    internal int Length { get; }

    /// <summary>Gets a value indicating whether a word tells a time; false where the question asks for none.</summary>
    internal bool TellsTime { get; }

    /// <summary>Gets a value indicating whether it speaks of the one spoken to and not of the speaker.</summary>
    internal bool IsOfListener { get; }

    /// <summary>Gets a value indicating whether the message ends by asking.</summary>
    internal bool IsQuestion { get; }

    /// <summary>Gets how often a term stands in the message, related words counted in part.</summary>
    /// <param name="term">The position of the term in <see cref="LexicalQuery.Terms"/>.</param>
    internal float Frequency(int term) => _frequencies[term];

    /// <summary>Says whether the message has the term itself, not only a related word.</summary>
    /// <param name="term">The position of the term in <see cref="LexicalQuery.Terms"/>.</param>
    internal bool Has(int term) => _exact[term];
}
