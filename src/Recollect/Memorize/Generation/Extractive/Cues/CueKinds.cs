namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>What a word or a phrase tells about the sentence it stands in.</summary>
[Flags]
internal enum CueKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A longer phrase may start with the word.</summary>
    Starts = 1 << 0,

    /// <summary>The speaker says something of lasting value about the own life.</summary>
    Statement = 1 << 1,

    /// <summary>Something was decided, promised or changed.</summary>
    Decision = 1 << 2,

    /// <summary>Greetings, thanks, agreement: says nothing by itself.</summary>
    Filler = 1 << 3,

    /// <summary>The name of a month.</summary>
    Month = 1 << 4,

    /// <summary>The name of a weekday.</summary>
    Weekday = 1 << 5,

    /// <summary>A date that depends on when it was said.</summary>
    RelativeDate = 1 << 6,

    /// <summary>A unit of measure or a currency; means something after a number.</summary>
    Unit = 1 << 7,

    /// <summary>Stands before a person's name.</summary>
    Title = 1 << 8,

    /// <summary>A relative or a role (sister, colleague) that a name may follow.</summary>
    Kin = 1 << 9,

    /// <summary>A common given name.</summary>
    GivenName = 1 << 10,

    /// <summary>What people do, after a name: says, wants, asked.</summary>
    PersonVerb = 1 << 11,

    /// <summary>Makes a capitalised word beside it a place, a firm or a thing.</summary>
    Place = 1 << 12,

    /// <summary>Stands before nouns: articles, possessives, prepositions.</summary>
    Determiner = 1 << 13,

    /// <summary>Refers back to what was said before, so that the sentence says little alone.</summary>
    Anaphor = 1 << 14,

    /// <summary>Stands before verbs: pronouns, auxiliaries, <c>to</c>.</summary>
    BeforeVerb = 1 << 15,

    /// <summary>A function or number word that is no stop word, because another language has a content word of that form.</summary>
    Function = 1 << 16,
}
