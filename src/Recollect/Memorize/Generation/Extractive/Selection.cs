namespace Recollect.Memorize.Generation.Extractive;

/// <summary>A sentence that the summary keeps.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Kept">How many UTF-16 units of its start are kept.</param>
internal readonly record struct Selection(Sentence Sentence, int Kept);
