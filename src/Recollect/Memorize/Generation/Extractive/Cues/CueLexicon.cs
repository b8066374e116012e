using System.Collections.Frozen;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>Knows what words and phrases tell, in all languages at once, so that no language has to be guessed.</summary>
internal static class CueLexicon
{
    /// <summary>The most words a phrase has.</summary>
    internal const int MaxWords = 4;

    private static readonly FrozenDictionary<string, CueKinds> Cues = Build();

    private static readonly FrozenDictionary<string, CueKinds>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Cues.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets what a word or a phrase tells.</summary>
    /// <param name="phrase">Folded words, separated by single spaces.</param>
    internal static CueKinds Of(ReadOnlySpan<char> phrase) => Lookup.TryGetValue(phrase, out var kinds) ? kinds : CueKinds.None;

    private static FrozenDictionary<string, CueKinds> Build()
    {
        var cues = new Dictionary<string, CueKinds>(StringComparer.Ordinal);
        foreach (var (kind, phrases) in EnglishCues.All.Concat(GermanCues.All).Concat(RomanceCues.All).Concat(OtherCues.All)
            .Append((CueKinds.GivenName, GivenNames.All)))
        {
            foreach (var phrase in phrases.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Add(cues, kind, phrase);
            }
        }

        return cues.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, CueKinds> cues, CueKinds kind, string phrase)
    {
        var words = Fold(phrase);
        if (words.Count is 0 or > MaxWords)
        {
            return;
        }

        var key = string.Join(' ', words);
        cues[key] = cues.GetValueOrDefault(key) | kind;
        if (words.Count > 1)
        {
            cues[words[0]] = cues.GetValueOrDefault(words[0]) | CueKinds.Starts;
        }
    }

    private static List<string> Fold(string phrase)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(phrase, buffer);
        var words = new List<string>();
        while (tokens.Read())
        {
            words.Add(tokens.Token.ToString());
        }

        return words;
    }
}
