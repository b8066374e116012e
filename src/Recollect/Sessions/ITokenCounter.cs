namespace Recollect.Sessions;

/// <summary>Counts the tokens that a model makes of a text.</summary>
/// <remarks>Every member is safe to call concurrently. A budget holds only as far as this does not count too few.</remarks>
public interface ITokenCounter
{
    /// <summary>Counts the tokens of a text as content of a message; text that looks like a special token is text like any other.</summary>
    /// <param name="text">Any text; NUL and lone surrogates count as the U+FFFD that is sent in their place.</param>
    /// <returns>Not less than the model counts; 0 for an empty text.</returns>
    int Count(string text);
}
