namespace Recollect.State;

/// <summary>A delivery that is owed.</summary>
/// <param name="Delivery">The name of the delivery.</param>
/// <param name="Key">The idempotency key: conversation id and fingerprint.</param>
/// <param name="MemoryId">The memory to deliver.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="User">Its user.</param>
public sealed record OutboxEntry(string Delivery, string Key, string MemoryId, string Tenant, string User);
