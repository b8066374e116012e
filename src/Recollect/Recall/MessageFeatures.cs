using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Recall;

/// <summary>What the ranking needs to know of one message: read from its text once per question.</summary>
internal sealed class MessageFeatures
{
    private readonly float[] _frequencies;
    private readonly bool[] _exact;

    /// <summary>Reads a message.</summary>
    /// <param name="query">The question.</param>
    /// <param name="text">The message.</param>
    internal MessageFeatures(LexicalQuery query, ReadOnlySpan<char> text)
    {
        _frequencies = new float[query.Terms.Count];
        _exact = new bool[query.Terms.Count];
        var (self, other) = (false, false);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(text, buffer);
        while (reader.Read())
        {
            Length += reader.IsStopWord ? 0 : 1;
            if (reader.IsStopWord && query.Author is not null && PersonWords.MeanSpeaker(reader.Term) is { } isSelf)
            {
                self |= isSelf;
                other |= !isSelf;
            }

            TellsTime |= query.AsksForTime && TimeWords.Contains(reader.Term);
            foreach (var match in query.MatchesOf(reader.Term))
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
    internal static MessageFeatures[] Read(LexicalQuery query, IReadOnlyList<MessageCandidate> messages) =>
        [.. messages.Select(message => new MessageFeatures(query, message.Message.Text))];

    /// <summary>Gets the number of content words.</summary>
    internal int Length { get; }

    /// <summary>Gets a value indicating whether a word tells a time; false where the question asks for none.</summary>
    internal bool TellsTime { get; }

    /// <summary>Gets a value indicating whether it speaks of the one spoken to and not of the speaker; false where the question names no author.</summary>
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
