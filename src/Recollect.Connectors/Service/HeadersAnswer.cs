using Recollect.Conversations;

namespace Recollect.Connectors.Service;

/// <summary>What is stored of conversations.</summary>
/// <param name="Headers">A header for each memory.</param>
internal sealed record HeadersAnswer(IReadOnlyList<MemoryHeader> Headers);
