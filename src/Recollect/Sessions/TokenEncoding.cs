namespace Recollect.Sessions;

/// <summary>The vocabularies that tokens can be counted with.</summary>
internal static class TokenEncoding
{
    /// <summary>That of gpt-4o, gpt-4.1, gpt-5 and the o models.</summary>
    public const string O200K = "o200k_base";

    /// <summary>That of gpt-4, gpt-3.5-turbo and text-embedding-3.</summary>
    public const string Cl100K = "cl100k_base";
}
