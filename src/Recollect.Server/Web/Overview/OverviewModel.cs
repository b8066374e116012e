using Recollect.Health;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Web.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Status">What is stored, what is not done, and how the last runs went.</param>
/// <param name="Age">How long ago that was counted.</param>
/// <param name="Users">Those of the viewer's tenant among the users with the most memories: of other tenants, only numbers are shown.</param>
/// <param name="Growth">How memories became more; null where the store cannot tell.</param>
/// <param name="Bot">The numbers of a bot; empty where there is none.</param>
public sealed record OverviewModel(StatusReport Status, TimeSpan Age, IReadOnlyList<UserMemories> Users, Growth? Growth, IReadOnlyList<BotMetric> Bot);
