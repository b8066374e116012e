namespace Recollect.Connectors.OpenAi;

/// <summary>What a request gave.</summary>
/// <param name="Vectors">One vector a text, in the order of the texts, as the server gave it: not checked.</param>
/// <param name="Tokens">The tokens that the server counted; null where it does not say.</param>
internal sealed record EmbeddingReply(float[][] Vectors, long? Tokens);
