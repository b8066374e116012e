namespace Recollect.Memorize.Stores;

/// <summary>How many memories a user has, in the scopes that were looked at.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user.</param>
/// <param name="Memories">How many.</param>
public sealed record UserMemories(string Tenant, string User, long Memories);
