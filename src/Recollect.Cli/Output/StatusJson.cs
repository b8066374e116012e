using System.Text.Json.Serialization;
using Recollect.Health;
using Recollect.Memorize.Stores;
using Recollect.Server.Api;
using Recollect.State;

namespace Recollect.Cli.Output;

/// <summary>The JSON of <c>status</c>.</summary>
internal sealed record StatusJson
{
    public required long Memories { get; init; }

    public required long Users { get; init; }

    public required long Messages { get; init; }

    public required long Vectors { get; init; }

    public required long Stale { get; init; }

    public required DateTimeOffset? OldestStale { get; init; }

    public required IReadOnlyList<UserMemories> ByUser { get; init; }

    public required long ForgottenUsers { get; init; }

    public required long Open { get; init; }

    public required IReadOnlyList<PendingJson> Failed { get; init; }

    public required IReadOnlyList<PendingJson> Parked { get; init; }

    public required DateTimeOffset? Watermark { get; init; }

    public required IReadOnlyList<RunJson> Runs { get; init; }

    /// <summary>Gets the numbers of the bot; absent where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BotMetric>? Bot { get; init; }

    public static StatusJson From(StatusReport status, IReadOnlyList<BotMetric> bot) => new()
    {
        Bot = bot.Count > 0 ? bot : null,
        Memories = status.Store.Memories,
        Users = status.Store.Users,
        Messages = status.Store.Messages,
        Vectors = status.Store.Chunks,
        Stale = status.Stale,
        OldestStale = status.OldestStale,
        ByUser = status.Store.LargestUsers,
        ForgottenUsers = status.ForgottenUsers,
        Open = status.Pending.Count(one => one.Status == PendingStatus.Open),
        Failed = [.. status.Pending.Where(one => one.Status == PendingStatus.Failed).Select(PendingJson.From)],
        Parked = [.. status.Pending.Where(one => one.Status == PendingStatus.Parked).Select(PendingJson.From)],
        Watermark = status.Watermark,
        Runs = [.. status.Runs.Select(RunJson.From)],
    };
}
