using Recollect.Runs;

namespace Recollect.Server.Web.Runs;

/// <summary>One run.</summary>
/// <param name="Run">What the journal has.</param>
/// <param name="Entries">What became of conversations of the viewer's tenant; the first of them.</param>
/// <param name="EntryCount">How many there are.</param>
/// <param name="Progress">How far it has got; null unless it is under way in this process.</param>
public sealed record RunModel(RunRecord Run, IReadOnlyList<RunEntry> Entries, int EntryCount, RunProgress? Progress);
