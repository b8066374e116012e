using System.Buffers;
using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Finds out what a sentence tells.</summary>
internal static class SignalReader
{
    private const int PhraseLength = 128;
    private const int ShortestWords = 4;

    private static readonly SearchValues<char> CodeSigns = SearchValues.Create("{}[]<>=;|\\_$#&+*/^~`@");

    /// <summary>Reads the signals of a sentence.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="start">Where it starts in its message.</param>
    /// <param name="words">Its words; at least one.</param>
    public static SentenceSignals Read(ReadOnlySpan<char> text, int start, ReadOnlySpan<Word> words)
    {
        var signals = IsQuestion(text) ? SentenceSignals.Question : SentenceSignals.None;
        signals |= IsCode(text) ? SentenceSignals.Code : SentenceSignals.None;
        signals |= words[0].Has(CueKinds.Anaphor | CueKinds.Filler) ? SentenceSignals.Anaphor : SentenceSignals.None;
        var telling = 0;
        var fillers = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var cues = LongestCue(words[i..], out var length);
            if ((cues & CueKinds.Filler) != CueKinds.None && (length > 1 || !words[i].Has(CueKinds.GivenName)))
            {
                fillers++;
                i += length - 1;
                continue;
            }

            signals |= SignalsOf(cues, words, i) | NumberReader.Read(text, start, words, i);
            signals |= words[i].Has(WordTraits.Capital) && !words[i].Has(WordTraits.Opens | WordTraits.Stop) ? SentenceSignals.Capital : SentenceSignals.None;
            telling += words[i].IsContent && !words[i].Has(WordTraits.Common) ? 1 : 0;
        }

        var isEmpty = telling == 0 || (telling == 1 && fillers > 0 && words.Length <= ShortestWords);
        return isEmpty && (signals & (SentenceSignals.Date | SentenceSignals.Number)) == SentenceSignals.None ? signals | SentenceSignals.Filler : signals;
    }

    /// <summary>Gets what the longest phrase at the start of some words tells.</summary>
    /// <param name="words">The words; at least one.</param>
    /// <param name="length">How many words the phrase has.</param>
    public static CueKinds LongestCue(ReadOnlySpan<Word> words, out int length)
    {
        var cues = words[0].Entry.Cues;
        length = 1;
        if ((cues & CueKinds.Starts) == CueKinds.None)
        {
            return cues;
        }

        Span<char> phrase = stackalloc char[PhraseLength];
        var end = Append(phrase, 0, words[0].Entry.Folded);
        for (var i = 1; i < Math.Min(words.Length, CueLexicon.MaxWords) && end > 0; i++)
        {
            end = Append(phrase, end, words[i].Entry.Folded);
            var found = end > 0 ? CueLexicon.Of(phrase[..end]) & ~CueKinds.Starts : CueKinds.None;
            if (found != CueKinds.None)
            {
                cues = found | (cues & ~(CueKinds.Filler | CueKinds.RelativeDate));
                length = i + 1;
            }
        }

        return cues;
    }

    private static int Append(Span<char> phrase, int end, string word)
    {
        var space = end > 0 ? 1 : 0;
        if (end + space + word.Length > phrase.Length)
        {
            return 0;
        }

        phrase[end] = ' ';
        word.CopyTo(phrase[(end + space)..]);
        return end + space + word.Length;
    }

    private static SentenceSignals SignalsOf(CueKinds cues, ReadOnlySpan<Word> words, int i)
    {
        var signals = (cues & CueKinds.Statement) != CueKinds.None ? SentenceSignals.Statement : SentenceSignals.None;
        signals |= (cues & CueKinds.Decision) != CueKinds.None ? SentenceSignals.Decision : SentenceSignals.None;
        signals |= (cues & CueKinds.Weekday) != CueKinds.None ? SentenceSignals.Date | SentenceSignals.RelativeDate : SentenceSignals.None;
        signals |= (cues & CueKinds.RelativeDate) != CueKinds.None ? SentenceSignals.Date | SentenceSignals.RelativeDate : SentenceSignals.None;
        return signals | ((cues & CueKinds.Month) != CueKinds.None ? MonthSignal(words, i) : SentenceSignals.None);
    }

    // "may", "march" and "mar" are months beside a number, or with a capital inside the sentence.
    private static SentenceSignals MonthSignal(ReadOnlySpan<Word> words, int i)
    {
        if ((i > 0 && words[i - 1].Has(WordTraits.Number)) || (i + 1 < words.Length && words[i + 1].Has(WordTraits.Number)))
        {
            return SentenceSignals.Date;
        }

        return words[i].Length > 2 && (words[i].Traits & (WordTraits.Capital | WordTraits.Opens)) == WordTraits.Capital
            ? SentenceSignals.Date
            : SentenceSignals.None;
    }

    private static bool IsQuestion(ReadOnlySpan<char> text)
    {
        var mark = text.LastIndexOfAny("?？؟;");
        return mark >= 0 && text[mark] != ';' && text.Length - mark < 8;
    }

    private static bool IsCode(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(CodeSigns))
        {
            return false;
        }

        var signs = 0;
        var quotes = 0;
        foreach (var c in text)
        {
            signs += CodeSigns.Contains(c) ? 1 : 0;
            quotes += c is '(' or ')' or '"' or ':' ? 1 : 0;
        }

        return signs >= 2 && (signs * 16) + (quotes * 4) > text.Length;
    }
}
