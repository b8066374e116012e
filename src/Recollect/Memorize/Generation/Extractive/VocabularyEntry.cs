using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>A word form of a conversation.</summary>
/// <param name="Folded">The form, lower case, without diacritics.</param>
/// <param name="Term">The number of its stem among the conversation's.</param>
/// <param name="Traits">What is true of the form wherever it stands.</param>
/// <param name="Cues">What the form tells by itself.</param>
internal sealed record VocabularyEntry(string Folded, int Term, WordTraits Traits, CueKinds Cues);
