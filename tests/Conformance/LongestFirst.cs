using Xunit.Sdk;
using Xunit.v3;

namespace Recollect.Conformance;

/// <summary>Starts the tests that take longest first, so that none of them is left to run alone at the end.</summary>
/// <param name="longest">The names of collections, and the full names of classes that are in none, the longest first. All others follow.</param>
public abstract class LongestFirst(params IReadOnlyList<string> longest) : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => PlaceOf(collection.TestCollectionDisplayName))];

    private int PlaceOf(string name) =>
        Enumerable.Range(0, longest.Count).FirstOrDefault(at => string.Equals(longest[at], name, StringComparison.Ordinal) || name.StartsWith($"Test collection for {longest[at]} (", StringComparison.Ordinal), longest.Count);
}
