using Recollect.Runs;
using Recollect.State;

namespace Recollect.Server.Web.Runs;

/// <summary>The last runs, and what is left of them.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="Pending">The conversations of the viewer's tenant that failed.</param>
/// <param name="MayRetry">Whether the viewer may try parked ones again.</param>
public sealed record RunsModel(IReadOnlyList<RunRecord> Runs, IReadOnlyList<PendingConversation> Pending, bool MayRetry);
