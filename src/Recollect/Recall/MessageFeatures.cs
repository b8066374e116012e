using System.Collections.Concurrent;
using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Recall;

/// <summary>What the ranking needs to know of one message: read from its text once per question.</summary>
internal sealed class MessageFeatures
{
    private const int ManyMessages = 500; // that are worth more than one core

    private readonly float[] _frequencies;
    private readonly bool[] _exact;

    private MessageFeatures(LexicalQuery query, ReadOnlySpan<char> text)
    {
        _frequencies = new float[query.Terms.Count];
        _exact = new bool[query.Terms.Count];
        var (self, other) = (false, false);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var words = new TermReader(text, buffer);
        while (words.Read())
        {
            if (words.IsStopWord)
            {
                var speaker = PersonWords.MeanSpeaker(words.Term);
                self |= speaker is true;
                other |= speaker is false;
            }
            else
            {
                Length++;
            }

            TellsTime |= query.AsksForTime && TimeWords.Contains(words.Term);
            foreach (var match in query.MatchesOf(words.Term))
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
            ReadRange(0, features.Length);
        }
        else
        {
            Parallel.ForEach(Partitioner.Create(0, features.Length, ManyMessages / 2), range => ReadRange(range.Item1, range.Item2));
        }

        return features;

        void ReadRange(int first, int end)
        {
            for (var i = first; i < end; i++)
            {
                features[i] = new(query, messages[i].Message.Text);
            }
        }
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
