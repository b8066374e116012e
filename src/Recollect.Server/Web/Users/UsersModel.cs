using Recollect.Memorize.Stores;

namespace Recollect.Server.Web.Users;

/// <summary>A page of the users of the viewer's tenant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Users">The users, by name; null where the store cannot list them.</param>
/// <param name="Next">The user after whom the next page begins; null at the end.</param>
/// <param name="IsFirst">Whether this is the first page.</param>
public sealed record UsersModel(string Tenant, IReadOnlyList<UserMemories>? Users, string? Next, bool IsFirst);
