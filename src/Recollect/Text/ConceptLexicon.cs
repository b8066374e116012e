using Recollect.Text.Concepts;

namespace Recollect.Text;

/// <summary>Groups of words of everyday life that mean nearly the same or belong to the same subject.</summary>
/// <remarks>
/// Written by hand from general knowledge of English. A line is a group; words are separated by spaces and may stand in
/// several groups. Words are compared as <see cref="TermReader"/> reads them.
/// </remarks>
internal static class ConceptLexicon
{
    private static readonly string[][] WordsOfGroups = [.. Tables().SelectMany(Lines).Select(Stems)];
    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> IdsByTerm = Index();

    /// <summary>Gets the groups; the position of a group is its id.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Groups => WordsOfGroups;

    /// <summary>Gets the ids of the groups that a term belongs to.</summary>
    /// <param name="term">A term, as <see cref="TermReader"/> gives it.</param>
    /// <returns>The ids; empty if the term is in no group.</returns>
    internal static ReadOnlySpan<int> GroupsOf(ReadOnlySpan<char> term) =>
        IdsByTerm.TryGetValue(term, out var ids) ? ids : [];

    private static string[] Tables() =>
    [
        PeopleConcepts.Groups, WorkConcepts.Groups, LeisureConcepts.Groups,
        PlaceConcepts.Groups, BodyConcepts.Groups, TimeConcepts.Groups,
    ];

    private static string[] Lines(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Stems(string line)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var terms = new TermReader(line, buffer);
        while (terms.Read())
        {
            stems.Add(terms.Term.ToString());
        }

        return [.. stems];
    }

    private static Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Index()
    {
        var ids = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var id = 0; id < WordsOfGroups.Length; id++)
        {
            foreach (var word in WordsOfGroups[id])
            {
                ids[word] = ids.TryGetValue(word, out var others) ? [.. others, id] : [id];
            }
        }

        return ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
