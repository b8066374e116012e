namespace Recollect.Benchmarks.Chats;

/// <summary>Made-up words whose frequencies fall as those of a language do (Zipf), and sentences that people write.</summary>
internal sealed class Vocabulary
{
    private const int WordCount = 30_000;

    private static readonly string[] Onsets = ["b", "br", "d", "dr", "f", "fl", "g", "gr", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w", "z", "sh", "th"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "ou"];
    private static readonly string[] Codas = ["", "", "", "n", "r", "l", "m", "s", "t", "nd", "rk", "st"];

    private readonly string[] _words;
    private readonly double[] _cumulative;

    public Vocabulary(Random random)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < WordCount)
        {
            words.Add(string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Pick(random, Onsets) + Pick(random, Vowels) + Pick(random, Codas))));
        }

        _words = [.. words.OrderBy(word => word.Length).ThenBy(word => word, StringComparer.Ordinal)];
        random.Shuffle(_words.AsSpan(2_000));
        _cumulative = new double[WordCount];
        for (var rank = 0; rank < WordCount; rank++)
        {
            _cumulative[rank] = (rank == 0 ? 0 : _cumulative[rank - 1]) + (1 / Math.Pow(rank + 8, 0.95));
        }
    }

    /// <summary>Gets sentences of everyday chats; <c>{0}</c> stands for a made-up word.</summary>
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "Can you remind me when the dentist appointment is next week?", "I booked the flight to Lisbon for the second of May.",
        "The birthday party is at my sister's house on Saturday evening.", "Thanks, that really helped a lot!",
        "My daughter started her new school in the city and loves the music class.", "What did we decide about the {0} budget?",
        "We moved the meeting with {0} to Thursday at ten.", "The doctor said I should take the {0} tablets twice a day.",
        "I'm allergic to peanuts, so please leave them out of the recipe.", "Here is the recipe: two eggs, some flour, milk and a little {0}.",
        "Our dog Bruno ate the whole cake, can you believe it?", "The invoice for {0} was paid yesterday, please check the account.",
        "I prefer tea to coffee in the morning.", "Let's go hiking in the {0} mountains next month.",
        "My password manager stopped working after the update.", "The train was late again and I missed the start of the concert.",
        "She got the job at {0} and begins in September!", "Could you summarise the report about {0} in three sentences?",
        "I think the garden needs more water this summer.", "We are out of printer paper at the office again.",
        "Sure, I have put it on the list.", "No problem. Is there anything else you would like to know?",
        "The apartment on {0} street costs nine hundred a month.", "He plays the guitar in a band called {0}.",
    ];

    /// <summary>Gets a word by its rank, the most frequent first.</summary>
    public string this[int rank] => _words[rank];

    /// <summary>Gets a word, frequent ones more often.</summary>
    public string Word(Random random)
    {
        var at = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return _words[Math.Min(at < 0 ? ~at : at, WordCount - 1)];
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
