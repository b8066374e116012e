namespace Recollect.Text;

/// <summary>Says what a token is made of.</summary>
internal enum TokenKind
{
    /// <summary>A run of letters, or of letters and digits, in a script that separates words.</summary>
    Word,

    /// <summary>A run of digits.</summary>
    Number,

    /// <summary>One character, or two neighbouring ones, of a script written without spaces (Han, kana, Hangul, Thai and their like).</summary>
    Ideograph,
}
