using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Sessions.Files;
using Recollect.Telemetry;

namespace Recollect.Sessions;

/// <summary>Keeps, for <c>recollect status</c>, how many messages were answered in the last 24 hours and how long memory took for it: numbers alone, in one file.</summary>
/// <remarks>Safe to call concurrently. What was counted since the last minute is written in the end; a process that is killed loses it.</remarks>
internal sealed partial class TurnNumbers : IDisposable
{
    /// <summary>The name of the file, in the data root.</summary>
    public const string FileName = "bot-metrics.json";

    private const double Step = 1.1; // of two neighbouring durations, from a millisecond on
    private const int MostSteps = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnNumbers> _logger;
    private readonly List<TurnHour> _counted = [];
    private DateTimeOffset _written;

    public TurnNumbers(IOptions<DataOptions> data, TimeProvider time, ILogger<TurnNumbers> logger) =>
        (_path, _time, _logger, _written) = (Path.Combine(Path.GetFullPath(data.Value.Root), FileName), time, logger, time.GetUtcNow());

    /// <summary>Gets a value indicating whether a bot has counted here.</summary>
    public bool Exist => File.Exists(_path);

    /// <summary>Counts a turn.</summary>
    /// <param name="isAnswered">Whether the person got a proper answer.</param>
    /// <param name="duration">How long it took, without the model and without an embedder outside.</param>
    public void Count(bool isAnswered, TimeSpan duration)
    {
        Meters.TurnDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(TelemetryNames.TagOutcome, isAnswered ? TelemetryNames.OutcomeSucceeded : TelemetryNames.OutcomeFailed));
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var hour = new TurnHour { Hour = HourOf(now), Answered = isAnswered ? 1 : 0, Failed = isAnswered ? 0 : 1, Durations = { [StepOf(duration)] = 1 } };
            Merge(_counted, hour);
            if (now - _written >= Pause)
            {
                Write(now);
            }
        }
    }

    /// <summary>Reads the numbers of the last 24 hours: answered, failed, and the 95th percentile of the durations; null where there is none.</summary>
    public (long Answered, long Failed, TimeSpan? P95) Read()
    {
        var all = new TurnHour();
        foreach (var hour in Kept24(ReadFile(), _time.GetUtcNow()))
        {
            all.Add(hour);
        }

        var (rank, seen) = ((long)Math.Ceiling(0.95 * all.Durations.Values.Sum()), 0L);
        foreach (var (step, count) in all.Durations.OrderBy(static pair => pair.Key))
        {
            seen += count;
            if (seen >= rank)
            {
                return (all.Answered, all.Failed, TimeSpan.FromMilliseconds(Math.Pow(Step, step)));
            }
        }

        return (all.Answered, all.Failed, null);
    }

    /// <summary>Writes what was counted and is not written.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_counted.Count > 0)
            {
                Write(_time.GetUtcNow());
            }
        }
    }

    private static DateTimeOffset HourOf(DateTimeOffset now) => new(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);

    /// <summary>The first step that is not shorter.</summary>
    private static int StepOf(TimeSpan duration) =>
        duration.TotalMilliseconds <= 1 ? 0 : Math.Min(MostSteps, (int)Math.Ceiling(Math.Log(duration.TotalMilliseconds, Step)));

    private static void Merge(List<TurnHour> hours, TurnHour added)
    {
        if (hours.Find(hour => hour.Hour == added.Hour) is { } same)
        {
            same.Add(added);
        }
        else
        {
            hours.Add(added);
        }
    }

    private static IEnumerable<TurnHour> Kept24(IEnumerable<TurnHour> hours, DateTimeOffset now) => hours.Where(hour => hour.Hour > now - Kept && hour.Hour <= now);

    private TurnHour[] ReadFile()
    {
        try
        {
            return File.Exists(_path) && JsonSerializer.Deserialize(File.ReadAllBytes(_path), TurnJson.Default.TurnHourArray) is { } hours
                ? [.. hours.Where(static hour => hour is { Answered: >= 0, Failed: >= 0 } && hour.Durations.All(static pair => pair is { Key: >= 0 and <= MostSteps, Value: >= 0 }))]
                : [];
        }
        catch (Exception ex) when (ex is JsonException or IOException or UnauthorizedAccessException) // they begin anew
        {
            LogFailed(_logger, ex.GetType().Name);
            return [];
        }
    }

    /// <summary>Adds to what the file holds, which another process may have written too.</summary>
    private void Write(DateTimeOffset now)
    {
        _written = now;
        var partial = $"{_path}.{Environment.ProcessId}.partial";
        try
        {
            List<TurnHour> hours = [.. ReadFile()];
            _counted.ForEach(hour => Merge(hours, hour));
            SessionFolder.Make(Path.GetDirectoryName(_path)!);
            using (var file = SessionFolder.Open(partial, FileMode.Create, FileShare.None))
            {
                file.Write(JsonSerializer.SerializeToUtf8Bytes([.. Kept24(hours, now).OrderBy(static hour => hour.Hour)], TurnJson.Default.TurnHourArray));
            }

            File.Move(partial, _path, overwrite: true);
            _counted.Clear();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException) // numbers are not worth an answer
        {
            LogFailed(_logger, ex.GetType().Name);
        }
    }

    [LoggerMessage(8601, LogLevel.Warning, "The bot's numbers for \"recollect status\" could not be read or kept: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
