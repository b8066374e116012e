using System.Text;
using Recollect.Text;

namespace Recollect.Recall;

/// <summary>Tells the names of the people who wrote the messages from what a question asks about them.</summary>
/// <remarks>
/// An author is rarely named in the author's own messages, but often by the others: as a term or in a vector the name pulls up the wrong
/// side of the talk. So it is taken out of the question, and used to prefer what that author said.
/// </remarks>
internal static class QuestionNames
{
    /// <summary>Finds the authors that a question names.</summary>
    /// <param name="question">The question.</param>
    /// <param name="authors">Names of authors; repeated ones are passed over.</param>
    /// <param name="rest">The question without the names; the question itself if nothing but function words would be left.</param>
    /// <returns>The authors named, each once.</returns>
    internal static IReadOnlyList<string> Find(string question, IEnumerable<string> authors, out string rest)
    {
        var named = new List<string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var asked = Terms(question);
        foreach (var author in authors.Distinct(StringComparer.Ordinal))
        {
            var parts = Terms(author);
            if (parts.Overlaps(asked))
            {
                named.Add(author);
                names.UnionWith(parts);
            }
        }

        rest = named.Count > 0 && !asked.IsSubsetOf(names) ? Without(question, names) : question;
        return named;
    }

    private static HashSet<string> Terms(string text)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(text, buffer);
        while (reader.Read())
        {
            if (!reader.IsStopWord)
            {
                terms.Add(reader.Term.ToString());
            }
        }

        return terms;
    }

    private static string Without(string question, HashSet<string> names)
    {
        var rest = new StringBuilder(question.Length);
        var copied = 0;
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(question, buffer);
        while (reader.Read())
        {
            if (names.Contains(reader.Term.ToString()))
            {
                rest.Append(question, copied, reader.Start - copied);
                copied = reader.Start + reader.Length;
            }
        }

        return rest.Append(question, copied, question.Length - copied).ToString();
    }
}
