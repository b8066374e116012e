namespace Recollect.Memorize.Generation.Extractive;

/// <summary>A phrase of one to three words that may be a topic, with what is known of its mentions.</summary>
/// <param name="terms">The stems, one to three; absent ones are -1.</param>
internal sealed class TopicPhrase((int First, int Second, int Third) terms)
{
    private const int MostSurfaces = 8;

    private readonly List<(int Message, int Start, int Length, bool Opens)> _surfaces = new(1);

    /// <summary>Gets the stems; absent ones are -1.</summary>
    public (int First, int Second, int Third) Terms => terms;

    /// <summary>Gets how many words it has.</summary>
    public int Words => terms.Second < 0 ? 1 : terms.Third < 0 ? 2 : 3;

    /// <summary>Gets how often it comes.</summary>
    public int Count { get; private set; }

    /// <summary>Gets how often it comes where nouns stand.</summary>
    public double NounEvidence { get; private set; }

    /// <summary>Gets how often a person says it, not a bot.</summary>
    public int PersonCount { get; private set; }

    /// <summary>Gets how often it comes as a name: every word with a capital.</summary>
    public int NameCount { get; private set; }

    /// <summary>Gets or sets how good a topic it is.</summary>
    public double Score { get; set; }

    /// <summary>Counts a mention.</summary>
    public void Add(int message, Word first, Word last, double nounEvidence, bool isName, bool byPerson)
    {
        Count++;
        NounEvidence += nounEvidence;
        NameCount += isName ? 1 : 0;
        PersonCount += byPerson ? 1 : 0;
        if (_surfaces.Count < MostSurfaces)
        {
            _surfaces.Add((message, first.Start, last.End - first.Start, first.Has(WordTraits.Opens)));
        }
    }

    /// <summary>Says whether the phrase has a stem.</summary>
    public bool Has(int term) => term >= 0 && (terms.First == term || terms.Second == term || terms.Third == term);

    /// <summary>Says whether two phrases share a stem.</summary>
    public bool Overlaps(TopicPhrase other) => other.Has(terms.First) || other.Has(terms.Second) || other.Has(terms.Third);

    /// <summary>Gets the most frequent spelling; one at the start of a sentence counts only where there is no other.</summary>
    public string Surface(Transcript transcript) => _surfaces
        .Where(surface => !surface.Opens || _surfaces.TrueForAll(other => other.Opens))
        .Select(surface => OneLine.Of(transcript.Messages[surface.Message].Text.AsSpan(surface.Start, surface.Length)))
        .GroupBy(text => text, StringComparer.Ordinal)
        .MaxBy(group => group.Count())!.Key;
}
