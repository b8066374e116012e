namespace Recollect.Memorize.Stores;

/// <summary>A place in the list of memories, newest first. It stays where it is, whatever is stored or removed around it.</summary>
/// <param name="EndedAt">When the conversation of the memory there ended.</param>
/// <param name="Id">The id of the memory there, which need not be stored any more.</param>
public sealed record MemoryPlace(DateTimeOffset EndedAt, string Id);
