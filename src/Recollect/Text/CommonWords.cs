namespace Recollect.Text;

/// <summary>Knows the content words that turn up in nearly every English chat and therefore tell little.</summary>
/// <remarks>Written by hand: general verbs and nouns, evaluations, small talk. Stands in for corpus statistics, which a stateless embedder has not.</remarks>
internal static class CommonWords
{
    private const string Words = """
        go get make take come see look want need like love think feel know say tell ask give find keep let put start try use work help show talk day time
        thing way lot bit people person good great nice cool awesome amazing wonderful fun new happy glad excited proud hope thank sorry sure really
        definitely always never today year week month recent big little long first next last old friend enjoy check share guy stuff super pretty totally
        absolutely kind part sound photo picture image luck plan idea place life world moment hear mean happen turn leave call stay bring begin end run
        play move live believe hold change set learn become worth care special important incredible fantastic perfect beautiful wish appreciate agree forward
        """;

    private static readonly TermSet Terms = new(Words);

    /// <summary>Says whether the term is one of them.</summary>
    /// <param name="term">A term, as <see cref="TermReader"/> gives it.</param>
    internal static bool Contains(ReadOnlySpan<char> term) => Terms.Contains(term);
}
