namespace Recollect.Server.Web.Overview;

/// <summary>A day, a week or a month, and the memories of conversations that ended in it.</summary>
/// <param name="Start">Its first day, as <c>yyyy-MM-dd</c>; of a month, <c>yyyy-MM</c>.</param>
/// <param name="Memories">How many ended in it.</param>
/// <param name="Total">How many ended by its end.</param>
public sealed record GrowthPeriod(string Start, long Memories, long Total);
