namespace Recollect.Memorize.Stores;

/// <summary>The scopes that somebody may read.</summary>
public sealed record ScopeFilter
{
    private ScopeFilter(IReadOnlyList<string> names, bool isAllBut) => (Names, IsAllBut) = (names, isAllBut);

    /// <summary>Gets every scope.</summary>
    public static ScopeFilter All { get; } = AllBut();

    /// <summary>Gets the scopes that are named.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets a value indicating whether every scope may be read but those that are named; else, they alone may.</summary>
    public bool IsAllBut { get; }

    /// <summary>Gets some scopes.</summary>
    /// <param name="names">The scopes; none: nothing may be read.</param>
    public static ScopeFilter Only(params IReadOnlyList<string> names) => new(names, isAllBut: false);

    /// <summary>Gets every scope but some.</summary>
    /// <param name="names">Those that may not be read.</param>
    public static ScopeFilter AllBut(params IReadOnlyList<string> names) => new(names, isAllBut: true);

    /// <summary>Tells whether a scope may be read.</summary>
    /// <param name="scope">The scope.</param>
    public bool Allows(string scope) => Names.Contains(scope, StringComparer.Ordinal) != IsAllBut;
}
