using System.Globalization;
using Recollect.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Writes text as the terms of the full-text index, each marked with its partition.</summary>
/// <remarks>
/// A marked term is a word of its own to the index: a search within one partition reads no other's entries, and how rare
/// a word is counts within the partition only.
/// </remarks>
internal static class IndexTerms
{
    /// <summary>The name of the function in SQL: <c>index_terms(text, partition)</c>.</summary>
    public const string FunctionName = "index_terms";

    /// <summary>Gets the mark of a partition's terms; no mark is the start of another.</summary>
    public static string MarkOf(long partition) => string.Create(CultureInfo.InvariantCulture, $"o{partition}x");

    /// <summary>Gets the marked terms of a text, separated by spaces.</summary>
    public static string Of(ReadOnlySpan<char> text, long partition) => SearchText.Terms(text, MarkOf(partition));
}
