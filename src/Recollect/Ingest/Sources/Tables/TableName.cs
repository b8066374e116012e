using System.Runtime.InteropServices;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>The name of a table or view, which holds nothing but letters, digits and underscores.</summary>
/// <param name="Schema">The schema; null where the search path finds the table.</param>
/// <param name="Name">The name within it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableName(string? Schema, string Name)
{
    private const int LongestName = 63; // what PostgreSQL keeps of a name

    /// <summary>Tells whether a text is a plain name.</summary>
    public static bool IsPlain(string text) =>
        text.Length is > 0 and <= LongestName && !char.IsAsciiDigit(text[0]) && text.All(letter => letter == '_' || char.IsAsciiLetterOrDigit(letter));

    /// <summary>Tells whether a text is a plain name, with or without a schema before it.</summary>
    public static bool IsTable(string text) => text.Split('.') is { Length: <= 2 } parts && Array.TrueForAll(parts, IsPlain);

    /// <summary>Reads a name that <see cref="IsTable"/> holds for.</summary>
    public static TableName Of(string text) => text.Split('.') is [var schema, var name] ? new(schema, name) : new(Schema: null, text);

    /// <inheritdoc/>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
