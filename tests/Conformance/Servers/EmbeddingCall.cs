namespace Recollect.Conformance.Servers;

/// <summary>One request for embeddings.</summary>
/// <param name="Path">The path and query.</param>
/// <param name="Authorization">The header; empty where none was sent.</param>
/// <param name="Model">The model.</param>
/// <param name="Inputs">The texts.</param>
/// <param name="Dimensions">The field <c>dimensions</c>; null where it was not sent.</param>
/// <param name="Encoding">The field <c>encoding_format</c>.</param>
/// <param name="Number">The number of the request, from 1.</param>
public sealed record EmbeddingCall(string Path, string Authorization, string Model, IReadOnlyList<string> Inputs, int? Dimensions, string? Encoding, int Number);
