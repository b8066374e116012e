using System.Globalization;

namespace Recollect.Connectors.Neo4j;

/// <summary>The version of a server, such as 5.26 or 2026.1.</summary>
/// <param name="Major">The first number: 5, or a year.</param>
/// <param name="Minor">The second number.</param>
internal readonly record struct ServerVersion(int Major, int Minor)
{
    /// <summary>The first with the Query API; it has vector indexes and the cosine too.</summary>
    public static readonly ServerVersion Oldest = new(5, 19);

    private static readonly ServerVersion Filterable = new(2026, 1);

    /// <summary>Gets a value indicating whether vector indexes can hold properties to filter by.</summary>
    public bool HasFilterableIndex => IsAtLeast(Filterable);

    /// <summary>Reads a version such as <c>5.26.1</c>, <c>5.27-aura</c> or <c>2026.01.3+12</c>.</summary>
    /// <returns>Null for anything else.</returns>
    public static ServerVersion? Parse(string text)
    {
        var parts = text.Split('.', 3);
        return parts.Length >= 2 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor ? new(major, minor) : null;
    }

    /// <summary>Says whether it is another version, or a later one.</summary>
    public bool IsAtLeast(ServerVersion other) => Major > other.Major || (Major == other.Major && Minor >= other.Minor);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int? Number(string text) =>
        int.TryParse(string.Concat(text.TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
