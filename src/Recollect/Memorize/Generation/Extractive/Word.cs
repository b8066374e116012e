using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>One word of a sentence.</summary>
/// <param name="Entry">What it is in the vocabulary.</param>
/// <param name="Start">Where it starts in the message's text, in UTF-16 units.</param>
/// <param name="Length">How many UTF-16 units it covers.</param>
/// <param name="Traits">What is known of it here, that of its entry included.</param>
internal readonly record struct Word(VocabularyEntry Entry, int Start, int Length, WordTraits Traits)
{
    /// <summary>Gets where it ends in the message's text.</summary>
    public int End => Start + Length;

    /// <summary>Gets a value indicating whether the word carries content.</summary>
    public bool IsContent => (Traits & (WordTraits.Stop | WordTraits.Link)) == WordTraits.None;

    /// <summary>Says whether the word has a trait.</summary>
    public bool Has(WordTraits trait) => (Traits & trait) != WordTraits.None;

    /// <summary>Says whether the word by itself is a cue of a kind.</summary>
    public bool Has(CueKinds kind) => (Entry.Cues & kind) != CueKinds.None;
}
