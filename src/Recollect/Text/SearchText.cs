using System.Text;

namespace Recollect.Text;

/// <summary>Turns text into the terms that a lexical index keeps, so that the index and the question compare words the same way.</summary>
public static class SearchText
{
    /// <summary>Gets the terms of a text, function words left out, in order, separated by single spaces.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="prefix">
    /// Put before every term, to keep partitions of one index apart (letters and digits only); empty for none. A term of one
    /// partition can then never match another's, and its document frequency is the partition's own.
    /// </param>
    /// <returns>The terms: lower-case letters and digits only, empty if the text has none.</returns>
    /// <exception cref="ArgumentException">The prefix has a character that is no ASCII letter or digit.</exception>
    public static string Terms(ReadOnlySpan<char> text, ReadOnlySpan<char> prefix = default)
    {
        foreach (var c in prefix)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                throw new ArgumentException("A prefix has ASCII letters and digits only.", nameof(prefix));
            }
        }

        var terms = new StringBuilder(text.Length + 16);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(text, buffer);
        while (reader.Read())
        {
            if (!reader.IsStopWord)
            {
                terms.Append(terms.Length > 0 ? " " : "").Append(prefix).Append(reader.Term);
            }
        }

        return terms.ToString();
    }

    /// <summary>Tells whether a text has one of the terms.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="terms">The terms, as <see cref="Terms"/> writes them; compared by ordinal.</param>
    internal static bool HasAny(ReadOnlySpan<char> text, HashSet<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var wanted = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(text, buffer);
        while (reader.Read())
        {
            if (!reader.IsStopWord && wanted.Contains(reader.Term))
            {
                return true;
            }
        }

        return false;
    }
}
