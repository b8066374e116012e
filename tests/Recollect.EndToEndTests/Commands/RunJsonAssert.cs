using System.Text.Json;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Checks the JSON of runs.</summary>
internal static class RunJsonAssert
{
    public static long Number(this JsonElement run, string name) => run.GetProperty(name).GetInt64();

    public static long Sum(this JsonElement run, string name) => run.GetProperty(name).EnumerateObject().Sum(reason => reason.Value.GetInt64());

    /// <summary>Every conversation that was read is in exactly one of the outcomes.</summary>
    public static void Closes(JsonElement run) =>
        Assert.Equal(run.Number("read"), run.Number("created") + run.Number("updated") + run.Number("unchanged") + run.Sum("skipped") + run.Sum("failed"));

    /// <summary>Checks the outcomes, and that nothing else happened.</summary>
    public static void Did(JsonElement run, long created = 0, long updated = 0, long unchanged = 0)
    {
        Closes(run);
        Assert.Equal((created, updated, unchanged, 0L, 0L), (run.Number("created"), run.Number("updated"), run.Number("unchanged"), run.Sum("skipped"), run.Sum("failed")));
    }

    /// <summary>No model, embedder or receiver was called.</summary>
    public static void CalledNothing(JsonElement run) =>
        Assert.Equal(
            (0L, 0L, 0L),
            (run.GetProperty("model").Number("calls"), run.GetProperty("embedding").Number("calls"), run.GetProperty("deliveries").Number("sent")));
}
