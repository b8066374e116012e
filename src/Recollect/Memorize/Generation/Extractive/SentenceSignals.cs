namespace Recollect.Memorize.Generation.Extractive;

/// <summary>What a sentence tells, as far as its words and signs show.</summary>
[Flags]
internal enum SentenceSignals
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The speaker tells something of lasting value about the own life.</summary>
    Statement = 1 << 0,

    /// <summary>Something was decided, promised or changed.</summary>
    Decision = 1 << 1,

    /// <summary>A date, absolute or relative.</summary>
    Date = 1 << 2,

    /// <summary>The date counts from the day it was said.</summary>
    RelativeDate = 1 << 3,

    /// <summary>An amount, a time of day, a telephone number.</summary>
    Number = 1 << 4,

    /// <summary>A capitalised name or noun inside the sentence.</summary>
    Capital = 1 << 5,

    /// <summary>Ends with a question mark.</summary>
    Question = 1 << 6,

    /// <summary>Greeting, thanks or agreement and nothing else.</summary>
    Filler = 1 << 7,

    /// <summary>Starts with a word that refers back or only reacts, so that the sentence says little alone.</summary>
    Anaphor = 1 << 8,

    /// <summary>Looks like program code, a table or a dump.</summary>
    Code = 1 << 9,
}
