using Microsoft.AspNetCore.Http;
using Recollect.Ingest.Sources;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Reference;

/// <summary>Finds a conversation that a route names, if the caller may see it.</summary>
internal static class FoundConversation
{
    /// <exception cref="ProblemException">There is none, or it is another's: what may not be seen is not told apart from what is not there.</exception>
    public static async Task<ListedConversation> GetAsync(IConversationListing listing, string id, Caller caller, CancellationToken cancellationToken) =>
        await listing.FindAsync([id], cancellationToken) is [var found] && caller.MaySee(found.Thread.Owner)
            ? found
            : throw new ProblemException(StatusCodes.Status404NotFound, "Conversation not found");
}
