using Recollect.Health;

namespace Recollect.Server.Web.Overview;

/// <summary>Keeps the status: counting a large store takes longer than anybody likes to wait for a page.</summary>
/// <remarks>Safe to call concurrently; however many ask, one counts.</remarks>
internal sealed class StatusCache(StatusReader reader, BotStatusReader bot, TimeProvider time) : IDisposable
{
    private readonly LastKnown<(StatusReport Status, IReadOnlyList<BotMetric> Bot)> _known = new(
        async cancellationToken => (await reader.ReadAsync(cancellationToken), await bot.ReadAsync(cancellationToken)), time);

    /// <summary>Gets the status and the numbers of a bot, and how long ago they were counted.</summary>
    public async ValueTask<(StatusReport Status, IReadOnlyList<BotMetric> Bot, TimeSpan Age)> GetAsync(CancellationToken cancellationToken)
    {
        var ((status, metrics), age) = await _known.GetAsync(cancellationToken);
        return (status, metrics, age);
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();
}
