namespace Recollect.UnitTests.Architecture;

/// <summary>A dependency between folders of the library that is meant.</summary>
/// <param name="From">A folder or a file of <c>src/Recollect</c>; empty for the files at its root.</param>
/// <param name="To">A folder; <see cref="Anything"/> for every one.</param>
/// <param name="Reason">Why it is right.</param>
internal sealed record AllowedEdge(string From, string To, string Reason)
{
    public const string Anything = "*";

    public bool Allows(string file, string from, string to) =>
        (string.Equals(From, from, StringComparison.Ordinal) || string.Equals(From, file, StringComparison.Ordinal)) &&
        (To is Anything || string.Equals(To, to, StringComparison.Ordinal));
}
