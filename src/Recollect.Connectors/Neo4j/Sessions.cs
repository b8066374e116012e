using Recollect.Conversations;

namespace Recollect.Connectors.Neo4j;

/// <summary>Decides what stands in <c>source_session</c>, of which each value names one node.</summary>
/// <remarks>
/// A conversation that the one source of the ETL before gave as a whole has its id there, as that program wrote it: no two of
/// its conversations have one id. Everything else has the memory's id, 32 hexadecimal digits, which no other memory has.
/// </remarks>
internal static class Sessions
{
    private const int IdLength = 32;

    /// <summary>Gets the session of a memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="source">The source whose conversations have their plain id.</param>
    public static string Of(Memory memory, string source)
    {
        var thread = memory.Thread;
        var isOfEtl = string.Equals(thread.Source, source, StringComparison.Ordinal)
            && thread is { Workspace: null, Session: null, Owner: { Tenant: Owner.DefaultTenant, Scope: Owner.PersonalScope } }
            && string.Equals(memory.Id, Conversation.IdOfGiven(thread), StringComparison.Ordinal)
            && !IsLikeAnId(thread.Thread);
        return isOfEtl ? thread.Thread : memory.Id;
    }

    /// <summary>Gets the thread partition of a node that the ETL before wrote.</summary>
    public static ThreadKey ThreadOf(string session, string user, string scope, string source) =>
        new() { Source = source, Owner = new() { User = user, Scope = scope }, Thread = session };

    // Such a name could be the id of another memory.
    private static bool IsLikeAnId(string name) => name.Length is 0 || (name.Length == IdLength && name.All(char.IsAsciiHexDigitLower));
}
