using Recollect.Health;

namespace Recollect.Server.Web.Health;

/// <summary>What is known of the parts.</summary>
/// <param name="Parts">What was found of each, in the order of the flow.</param>
/// <param name="Age">How long ago that was.</param>
/// <param name="IsUnderWay">Whether more of them are being tested at this moment.</param>
public sealed record Examination(IReadOnlyList<PartDiagnosis> Parts, TimeSpan Age, bool IsUnderWay);
