namespace Recollect.Connectors.Neo4j;

/// <summary>The names that Neo4j takes.</summary>
internal static class Names
{
    private const int Longest = 63;
    private const int ShortestDatabase = 3;

    /// <summary>Says what is wrong with the name of a database; null when nothing is.</summary>
    public static string? WhatIsWrongWithDatabase(string name)
    {
        if (name.Contains('_', StringComparison.Ordinal))
        {
            return $"is \"{name}\", and the name of a database has no underscore. If this is the name of the vector index, it belongs into IndexName; the database is most often \"neo4j\".";
        }

        return name.Length is < ShortestDatabase or > Longest || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-')
            ? $"is \"{Shown(name)}\"; it must be {ShortestDatabase} to {Longest} letters, digits, dots and dashes, the first a letter or digit. It is most often \"neo4j\"."
            : string.Equals(name, "system", StringComparison.OrdinalIgnoreCase) ? "is \"system\", which holds no data of its users; it is most often \"neo4j\"." : null;
    }

    /// <summary>Says what is wrong with the name of an index; null when nothing is.</summary>
    public static string? WhatIsWrongWithIndex(string name) =>
        name.Length is 0 or > Longest || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_')
            ? $"is \"{Shown(name)}\"; it must be a letter, then letters, digits and underscores, at most {Longest} in all."
            : null;

    private static string Shown(string name) => string.Concat(name.Take(Longest + 1).Select(letter => char.IsControl(letter) ? '?' : letter));
}
