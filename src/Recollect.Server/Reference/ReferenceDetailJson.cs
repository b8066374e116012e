namespace Recollect.Server.Reference;

/// <summary>What is wrong, in one sentence.</summary>
/// <param name="Detail">The sentence.</param>
internal sealed record ReferenceDetailJson(string Detail);
