using Recollect.Conversations;
using Recollect.Erasure;

namespace Recollect.Server.Web.Forget;

/// <summary>A user who is to be forgotten, or was.</summary>
/// <param name="Owner">The user.</param>
/// <param name="Memories">How many personal memories there are, up to <see cref="MostCounted"/>.</param>
/// <param name="Problem">Why nothing was done; null where nothing is wrong.</param>
/// <param name="Receipt">What was removed; null before.</param>
public sealed record ForgetModel(Owner Owner, int Memories, string? Problem, ErasureReceipt? Receipt)
{
    /// <summary>How many memories are counted at the most.</summary>
    public const int MostCounted = 1_000;

    /// <summary>Gets the address.</summary>
    /// <param name="owner">The user.</param>
    public static string UrlOf(Owner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return $"/forget?{OwnerFields.Query(owner.Tenant, owner.User, Owner.PersonalScope)}";
    }
}
