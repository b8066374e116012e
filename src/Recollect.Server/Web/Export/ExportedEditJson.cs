using Recollect.State;

namespace Recollect.Server.Web.Export;

/// <summary>What was done to a fact by hand: when, by whom, what it said before, and what it says now; null where it was deleted.</summary>
internal sealed record ExportedEditJson(DateTimeOffset At, string By, string? Fact, string? Replacement, IReadOnlyList<string> MessageIds)
{
    public static ExportedEditJson From(MemoryEdit edit) => new(edit.At, edit.By, edit.Fact, edit.Replacement, edit.MessageIds);
}
