using Recollect.Conversations;

namespace Recollect.Server.Work;

/// <summary>What is stored of conversations.</summary>
/// <param name="Headers">A header for each memory.</param>
internal sealed record WorkHeadersJson(IReadOnlyList<MemoryHeader> Headers);
