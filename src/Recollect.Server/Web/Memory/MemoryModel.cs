using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Server.Web.Memory;

/// <summary>A memory beside its conversation.</summary>
/// <param name="Record">The memory with its messages.</param>
/// <param name="Owner">Who looks for it: the user and the scope of the address.</param>
public sealed record MemoryModel(MemoryRecord Record, Owner Owner)
{
    /// <summary>Gets the citations of the summary and the facts by the message: the number of the fact, 0 for the summary, and the words.</summary>
    public ILookup<string, (int Fact, string? Quote)> Cited { get; } = Record.Memory.Citations.Select(static citation => (citation.MessageId, Fact: 0, citation.Quote))
        .Concat(Record.Memory.Facts.SelectMany(static (fact, index) => fact.Citations.Select(citation => (citation.MessageId, Fact: index + 1, citation.Quote))))
        .ToLookup(static one => one.MessageId, static one => (one.Fact, one.Quote), StringComparer.Ordinal);

    /// <summary>Gets what was done to its facts by hand, in order; empty for who may not govern.</summary>
    public IReadOnlyList<MemoryEdit> Edits { get; init; } = [];

    /// <summary>Gets a value indicating whether facts may be corrected and deleted.</summary>
    public bool MayEdit { get; init; }

    /// <summary>Gets a value indicating whether it may be forgotten.</summary>
    public bool MayForget { get; init; }

    /// <summary>Gets the last correction that made a fact what it is; null where there was none.</summary>
    public MemoryEdit? CorrectionOf(Fact fact) => Edits.LastOrDefault(edit => string.Equals(edit.Replacement, fact.Text, StringComparison.Ordinal));

    /// <summary>Gets the address of a memory.</summary>
    public static string UrlOf(string id, Owner owner) => $"/memories/{Uri.EscapeDataString(id)}?{OwnerFields.Query(owner)}";

    /// <summary>Gets the number of a message, from 1; null where its text is not kept.</summary>
    public int? NumberOf(string messageId)
    {
        for (var i = 0; i < Record.Messages.Count; i++)
        {
            if (string.Equals(Record.Messages[i].Id, messageId, StringComparison.Ordinal))
            {
                return i + 1;
            }
        }

        return null;
    }
}
