namespace Recollect.Memorize.Generation.Extractive;

/// <summary>What is known of one word where it stands.</summary>
[Flags]
internal enum WordTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A function or question word.</summary>
    Stop = 1 << 0,

    /// <summary>A content word that turns up in nearly every chat.</summary>
    Common = 1 << 1,

    /// <summary>Starts with a digit.</summary>
    Number = 1 << 2,

    /// <summary>Of a script without spaces.</summary>
    Unspaced = 1 << 3,

    /// <summary>Starts with a capital.</summary>
    Capital = 1 << 4,

    /// <summary>The first word of its sentence, or of a quotation in it.</summary>
    Opens = 1 << 5,

    /// <summary>Part of an address of the web or of mail.</summary>
    Link = 1 << 6,

    /// <summary>Follows the previous word with nothing but a space or a hyphen between.</summary>
    Follows = 1 << 7,

    /// <summary>Written in capitals throughout.</summary>
    Shouted = 1 << 8,
}
