using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Web.Memories;

/// <summary>A page of what is remembered of a user.</summary>
/// <param name="Owner">Whose memories; null where nobody is named yet.</param>
/// <param name="Memories">The page, latest first.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="IsFirst">Whether this is the first page.</param>
/// <param name="MayForget">Whether the viewer may forget the user.</param>
public sealed record TimelineModel(Owner? Owner, IReadOnlyList<MemorySummary> Memories, string? Next, bool IsFirst, bool MayForget)
{
    /// <summary>Gets the address of a user's memories.</summary>
    public static string UrlOf(string tenant, string user, string scope = Owner.PersonalScope, string? after = null) =>
        $"/memories?{OwnerFields.Query(tenant, user, scope)}{(after is null ? string.Empty : $"&after={Uri.EscapeDataString(after)}")}";
}
