namespace Recollect.Connectors.Sqlite;

/// <summary>A function that SQL calls with a number and a text.</summary>
/// <param name="number">The number.</param>
/// <param name="text">The text.</param>
internal delegate string TextFunction(long number, ReadOnlySpan<char> text);
