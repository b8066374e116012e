using System.Globalization;
using Quartz;
using Recollect.Runs;

namespace Recollect.Server.Schedule;

/// <summary>Says when nightly runs are due: once a night, also where the clock is put forward over the time or back to it.</summary>
internal static class NightlyTrigger
{
    /// <summary>Gets the trigger's name.</summary>
    public static TriggerKey Key { get; } = new("nightly");

    /// <summary>Makes the trigger.</summary>
    /// <param name="options">Time and zone.</param>
    /// <param name="since">What is due from here on counts. Nights that a process sleeps through are made up for by one run when it wakes.</param>
    /// <param name="time">The clock.</param>
    public static ITrigger Create(ScheduleOptions options, DateTimeOffset since, TimeProvider time) =>
        TriggerBuilder.Create(time)
            .WithIdentity(Key)
            .StartAt(since)
            .WithSchedule(CronScheduleBuilder
                .Create(string.Create(CultureInfo.InvariantCulture, $"0 {options.At.Minute} {options.At.Hour} * * ?"))
                .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(options.Zone))
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
}
