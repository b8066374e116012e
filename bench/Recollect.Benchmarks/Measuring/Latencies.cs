using System.Globalization;

namespace Recollect.Benchmarks.Measuring;

/// <summary>How long single calls took.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan elapsed) => _milliseconds.Add(elapsed.TotalMilliseconds);

    public override string ToString()
    {
        _milliseconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):F2}, p95 {At(0.95):F2}, p99 {At(0.99):F2}, worst {_milliseconds[^1]:F2} ms of {_milliseconds.Count}");
    }

    /// <summary>Gets how long the given share of the calls took at the most, in milliseconds.</summary>
    public double At(double share)
    {
        _milliseconds.Sort();
        return _milliseconds[(int)Math.Min(_milliseconds.Count - 1, Math.Ceiling(share * _milliseconds.Count))];
    }
}
