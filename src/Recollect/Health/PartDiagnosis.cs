namespace Recollect.Health;

/// <summary>What was found of one configured part.</summary>
/// <param name="Part">The part, such as <c>store sqlite</c>.</param>
/// <param name="Diagnosis">What was found.</param>
public sealed record PartDiagnosis(string Part, Diagnosis Diagnosis);
