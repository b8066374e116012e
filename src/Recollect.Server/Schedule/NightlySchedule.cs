using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using Recollect.Ingest.Sources;
using Recollect.Runs;
using Recollect.Server.Runs;
using Recollect.State;

namespace Recollect.Server.Schedule;

/// <summary>Starts nightly runs when they are due, where <see cref="ScheduleOptions.InServe"/> says so.</summary>
internal sealed partial class NightlySchedule(
    BackgroundRuns runs, IStateStore state, IOptions<ScheduleOptions> options, IOptions<SourceOptions> source,
    TimeProvider time, ILoggerFactory loggers, ILogger<NightlySchedule> logger) : IAsyncDisposable
{
    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    /// <summary>Begins to watch the clock; a night that was missed while nobody did is made up for at once.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.InServe)
        {
            return;
        }

        var now = time.GetUtcNow();
        var since = await LastRunAsync(cancellationToken) ?? now;
        var trigger = NightlyTrigger.Create(options.Value, since, time);
        _factory = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "recollect")
                .UseDefaultThreadPool(1)
                .UseInMemoryStore()
                .UseTimeProvider(time);
            quartz.Services.AddSingleton(loggers).AddSingleton(runs);
        }).Build();
        _scheduler = await _factory.GetScheduler(cancellationToken);
        var job = JobBuilder.Create<NightlyJob>().WithIdentity(trigger.Key.Name).Build();
        await _scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        await _scheduler.Start(cancellationToken);
        if (trigger.GetFireTimeAfter(since) is { } due && due <= now)
        {
            LogMissed(logger, Local(due));
            await _scheduler.TriggerJob(job.Key, cancellationToken: cancellationToken);
        }

        LogNext(logger, Local(trigger.GetFireTimeAfter(now)!.Value), options.Value.Zone);
    }

    /// <summary>Gets when the next run is due; null where there is no schedule.</summary>
    public async ValueTask<DateTimeOffset?> NextRunAsync(CancellationToken cancellationToken) =>
        _scheduler is null ? null : (await _scheduler.GetTrigger(NightlyTrigger.Key, cancellationToken))?.NextFireTimeUtc;

    /// <summary>Stops watching the clock. A run that is under way is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }
    }

    /// <summary>Gets the start of the last run that read the whole source; null where there was none, or the state does not answer.</summary>
    private async Task<DateTimeOffset?> LastRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await state.InitializeAsync(cancellationToken);
            return await state.Watermarks.GetAsync(source.Value.Name, cancellationToken);
        }
        catch (StateStoreException ex)
        {
            LogUnknown(logger, ex.Message);
            return null;
        }
    }

    private string Local(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(options.Value.Zone)).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    [LoggerMessage(22001, LogLevel.Information, "The next nightly run starts at {Next} ({Zone})")]
    private static partial void LogNext(ILogger logger, string next, string zone);

    [LoggerMessage(22002, LogLevel.Warning, "The nightly run of {Due} was missed; it starts now")]
    private static partial void LogMissed(ILogger logger, string due);

    [LoggerMessage(22003, LogLevel.Warning, "Whether a night was missed is not known: {Error}")]
    private static partial void LogUnknown(ILogger logger, string error);
}
