using System.ComponentModel;

namespace Recollect.Server.Api;

/// <summary>Store and state answer.</summary>
internal sealed record ReadyJson(
    string Status,
    [property: Description("The memory store that is configured.")] string Store,
    [property: Description("The state store that is configured.")] string State,
    [property: Description("When the next nightly run starts; null where the server starts none.")] DateTimeOffset? NextRun);
