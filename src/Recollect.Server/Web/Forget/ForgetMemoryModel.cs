using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Web.Forget;

/// <summary>A memory that is to be forgotten, or was.</summary>
/// <param name="Record">The memory.</param>
/// <param name="Owner">The user and the scope of the address.</param>
/// <param name="Edits">How many edits of its facts by hand there are.</param>
/// <param name="Problem">Why nothing was done; null where nothing is wrong.</param>
/// <param name="Receipt">What was removed; null before.</param>
public sealed record ForgetMemoryModel(MemoryRecord Record, Owner Owner, int Edits, string? Problem, ErasureReceipt? Receipt)
{
    /// <summary>Gets the address.</summary>
    public static string UrlOf(string id, Owner owner) => $"/memories/{Uri.EscapeDataString(id)}/forget?{OwnerFields.Query(owner)}";
}
