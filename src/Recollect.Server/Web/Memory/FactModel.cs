using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Web.Memory;

/// <summary>A fact that is to be corrected or deleted.</summary>
/// <param name="Record">The memory.</param>
/// <param name="Number">The number of the fact, from 1.</param>
/// <param name="Owner">The user and the scope of the address.</param>
/// <param name="Others">Facts that say nearly the same of the same messages, which go with it.</param>
/// <param name="Written">What somebody wrote in its place; null where nobody did.</param>
/// <param name="Problem">Why nothing was done; null where nothing is wrong.</param>
public sealed record FactModel(MemoryRecord Record, int Number, Owner Owner, IReadOnlyList<Fact> Others, string? Written, string? Problem)
{
    /// <summary>Gets the fact.</summary>
    public Fact Fact => Record.Memory.Facts[Number - 1];

    /// <summary>Gets the messages that it rests on.</summary>
    public IEnumerable<Message> Cited => Record.Messages.Where(message => Fact.Citations.Any(citation => string.Equals(citation.MessageId, message.Id, StringComparison.Ordinal)));

    /// <summary>Gets what tells a form whether the fact is still what was shown.</summary>
    public string Mark => MarkOf(Fact);

    /// <summary>Gets what tells a form whether a fact is still what was shown.</summary>
    public static string MarkOf(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return StableHash.Of(16, fact.Text);
    }

    /// <summary>Gets the address.</summary>
    public static string UrlOf(string id, int number, Owner owner) =>
        FormattableString.Invariant($"/memories/{Uri.EscapeDataString(id)}/facts/{number}?{OwnerFields.Query(owner)}");
}
