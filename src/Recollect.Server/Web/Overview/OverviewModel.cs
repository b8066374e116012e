using Recollect.Health;

namespace Recollect.Server.Web.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Status">What is stored, what is not done, and how the last runs went.</param>
/// <param name="Bot">The numbers of a bot; empty where there is none.</param>
public sealed record OverviewModel(StatusReport Status, IReadOnlyList<BotMetric> Bot);
