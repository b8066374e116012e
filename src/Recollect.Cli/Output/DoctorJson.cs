namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>doctor</c>.</summary>
internal sealed record DoctorJson(bool Healthy, IReadOnlyList<PartJson> Parts);
