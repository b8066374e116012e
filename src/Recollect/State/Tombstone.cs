namespace Recollect.State;

/// <summary>A user that was forgotten.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user.</param>
/// <param name="ForgottenAt">Messages sent up to this moment stay forgotten; later ones are new.</param>
public sealed record Tombstone(string Tenant, string User, DateTimeOffset ForgottenAt);
