namespace Recollect;

/// <summary>What <c>doctor</c> says of one configured part.</summary>
/// <param name="Healthy">Whether it works.</param>
/// <param name="Finding">What was found, in one line.</param>
/// <param name="Advice">How to mend it; null when there is nothing to mend.</param>
public sealed record Diagnosis(bool Healthy, string Finding, string? Advice = null);
