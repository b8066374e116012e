using System.Globalization;

namespace Recollect.IntegrationTests.Promises;

/// <summary>How much a test does: less on every change, all of it with <c>RECOLLECT_FULL=1</c>.</summary>
internal static class TestSize
{
    /// <summary>Gets the seed to run alone; null for all.</summary>
    public static int? OnlySeed { get; } =
        Environment.GetEnvironmentVariable("RECOLLECT_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : null;

    /// <summary>Chooses a count.</summary>
    /// <param name="reduced">The count on every change.</param>
    /// <param name="full">The count of the full test.</param>
    public static int Of(int reduced, int full) =>
        string.Equals(Environment.GetEnvironmentVariable("RECOLLECT_FULL"), "1", StringComparison.Ordinal) ? full : reduced;

    /// <summary>Gets the seeds to run.</summary>
    /// <param name="count">How many, unless one is to be run alone.</param>
    public static IEnumerable<int> Seeds(int count) => OnlySeed is { } seed ? [seed] : Enumerable.Range(1, count);
}
