namespace Recollect.Memorize.Generation.Extractive;

/// <summary>A fact that may be kept.</summary>
/// <param name="Kind">One of <see cref="FactKinds"/>.</param>
/// <param name="Sentence">The sentence that it rests on.</param>
/// <param name="Score">How much it is worth among those of its kind.</param>
/// <param name="Name">The person's name; null for the other kinds.</param>
internal sealed record FactDraft(string Kind, Sentence Sentence, double Score, string? Name = null);
