using Recollect.Text;

namespace Recollect.Recall;

/// <summary>Knows words that say in what form an answer is wanted ("what kind of", "mentioned", "currently") rather than what it is about.</summary>
/// <remarks>English. An answer seldom repeats them, so they are looked for, but count less.</remarks>
internal static class FormWords
{
    /// <summary>How much such a word counts beside others.</summary>
    internal const float Weight = 0.7f;

    private const string Words = """
        kind type sort form way name year time participate partake attend involve current recent specific different mention describe plan done
        """;

    private static readonly TermSet Terms = new(Words);

    /// <summary>Says whether a term is one.</summary>
    /// <param name="term">A term, as <see cref="TermReader"/> gives it.</param>
    internal static bool Contains(string term) => Terms.Contains(term);
}
