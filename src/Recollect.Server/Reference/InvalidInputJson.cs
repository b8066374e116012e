namespace Recollect.Server.Reference;

/// <summary>What is wrong with the input.</summary>
/// <param name="Detail">Each thing that is wrong.</param>
internal sealed record InvalidInputJson(IReadOnlyList<InvalidFieldJson> Detail);
