namespace Recollect.Text;

/// <summary>What a character means to the tokenizer.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Ends a word.</summary>
    Separator,

    /// <summary>Part of a word.</summary>
    Letter,

    /// <summary>Part of a word or a number.</summary>
    Digit,

    /// <summary>Dropped inside a word.</summary>
    Mark,

    /// <summary>Separates, unless what is on both sides belongs together (1,000).</summary>
    Joiner,

    /// <summary>A letter of a script without spaces, read in pairs.</summary>
    Unspaced,

    /// <summary>A Han character: read in pairs and by itself.</summary>
    Ideograph,
}
