namespace Recollect.Server.Http;

/// <summary>Repeats what a caller sent in an answer to it.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    /// <summary>Gets the text, cut where it is long.</summary>
    public static string Of(string text) =>
        text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";
}
