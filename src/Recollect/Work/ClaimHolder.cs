using System.Globalization;

namespace Recollect.Work;

/// <summary>Names this process among all that claim conversations, and each batch that it works on.</summary>
/// <param name="time">Tells processes apart that have one name and number, one after the other.</param>
internal sealed class ClaimHolder(TimeProvider time)
{
    private readonly string _process = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{time.GetUtcNow().UtcTicks:x}");
    private int _last;

    /// <summary>Gets a name that nobody had before.</summary>
    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{_process}-{Interlocked.Increment(ref _last)}");
}
