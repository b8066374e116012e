using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Finds the persons that are spoken of: capitalised words with a sign of a person beside them.</summary>
internal sealed class PersonFinder(Transcript transcript)
{
    private const int MostWords = 3;
    private const double Enough = 1.5;

    private readonly Dictionary<string, PersonMentions> _persons = new(StringComparer.Ordinal);
    private readonly bool _nounsAreCapitalised = NounsAreCapitalised(transcript);

    /// <summary>Finds the persons; each with the sentence that tells most about them.</summary>
    /// <param name="sentences">The sentences to look at, scored.</param>
    public IEnumerable<FactDraft> Find(IReadOnlyList<Sentence> sentences)
    {
        foreach (var sentence in sentences)
        {
            if (!sentence.Tells(SentenceSignals.Code))
            {
                Collect(sentence);
            }
        }

        return _persons.Values
            .Where(person => person.IsSure && person.Evidence >= Enough)
            .Select(person => new FactDraft(FactKinds.Person, person.Best, person.Best.Score * Math.Min(2, person.Count), person.Name));
    }

    private void Collect(Sentence sentence)
    {
        var words = transcript.WordsOf(sentence);
        for (var i = 0; i < words.Length; i++)
        {
            var length = NameAt(words, i);
            if (length > 1 && words[i].Has(WordTraits.Opens) && !words[i].Has(CueKinds.GivenName) && !IsTitle(words[i]))
            {
                continue; // "Poor Dana": the first capital is the sentence's
            }

            if (length == 0)
            {
                continue;
            }

            var evidence = Evidence(words, i, length);
            var isSure = !words[i].Has(WordTraits.Opens) || words[i].Has(CueKinds.GivenName | CueKinds.Title);
            if (isSure || (evidence > 0 && !_nounsAreCapitalised && !words[i].Has(WordTraits.Common)))
            {
                Add(sentence, words.Slice(i, length), evidence, isSure);
            }

            i += length - 1;
        }
    }

    // German and Luxembourgish: every noun has a capital, so a capital beside a name does not belong to it.
    private static bool NounsAreCapitalised(Transcript transcript)
    {
        var capitals = 0;
        var all = 0;
        foreach (var word in transcript.Words)
        {
            var counts = word.IsContent && !word.Has(WordTraits.Opens | WordTraits.Number | WordTraits.Shouted);
            all += counts ? 1 : 0;
            capitals += counts && word.Has(WordTraits.Capital) ? 1 : 0;
        }

        return capitals * 3 > all;
    }

    private void Add(Sentence sentence, ReadOnlySpan<Word> name, double evidence, bool isSure)
    {
        var text = transcript.MessageOf(sentence).Text;
        var key = name[^1].Entry.Folded;
        if (!_persons.TryGetValue(key, out var person))
        {
            _persons.Add(key, person = new PersonMentions(sentence));
        }

        person.Add(OneLine.Of(text.AsSpan(name[0].Start, name[^1].End - name[0].Start)), sentence, evidence, isSure);
    }

    // How many words from here on are a name; a title counts with the name after it.
    private int NameAt(ReadOnlySpan<Word> words, int i)
    {
        var length = 0;
        var names = 0;
        while (i + length < words.Length && length <= MostWords)
        {
            var word = words[i + length];
            var isTitle = length == 0 && IsTitle(word);
            if (!(isTitle || IsName(word)) || (length > 0 && !IsJoined(words[i + length - 1], word))
                || (names > 0 && _nounsAreCapitalised && !word.Has(CueKinds.GivenName)))
            {
                break;
            }

            names += isTitle ? 0 : 1;
            length++;
        }

        return names == 0 || (IsTitle(words[i]) && length == 1) ? 0 : length;
    }

    // MS is a sign or a firm, Ms and MRS are not.
    private static bool IsTitle(Word word) => word.Has(CueKinds.Title) && word.Has(WordTraits.Capital)
        && !(word.Has(WordTraits.Shouted) && word.Length < 3);

    // "Mrs. Pell": a title may have a dot and a space after it.
    private static bool IsJoined(Word before, Word word) =>
        word.Has(WordTraits.Follows) || (IsTitle(before) && word.Start - before.End <= 2);

    private bool IsName(Word word) => word.Has(WordTraits.Capital) && !word.Has(WordTraits.Stop | WordTraits.Link | WordTraits.Number)
        && word.Length > 1 && (!word.Has(WordTraits.Shouted) || word.Length > 4) && !transcript.Authors.Contains(word.Entry.Folded)
        && (word.Entry.Cues & (CueKinds.Month | CueKinds.Weekday | CueKinds.Filler | CueKinds.Unit | CueKinds.RelativeDate)) == CueKinds.None;

    private static double Evidence(ReadOnlySpan<Word> words, int i, int length)
    {
        var evidence = IsTitle(words[i]) ? 3.0 : 0;
        foreach (var word in words.Slice(i, length))
        {
            evidence += word.Has(CueKinds.GivenName) ? 2 : 0;
            evidence -= word.Has(CueKinds.Place) && word.Length > 3 ? 3 : 0;
        }

        if (i > 0 && words[i].Has(WordTraits.Follows))
        {
            evidence += words[i - 1].Has(CueKinds.Kin) ? 2 : 0;
            evidence -= words[i - 1].Has(CueKinds.Place) ? 1.5 : 0;
        }

        if (i + length < words.Length && words[i + length].Has(WordTraits.Follows))
        {
            evidence += words[i + length].Has(CueKinds.PersonVerb) ? 1 : 0;
            evidence -= words[i + length].Has(CueKinds.Place) && words[i + length].Length > 3 ? 2 : 0;
        }

        return evidence;
    }
}
