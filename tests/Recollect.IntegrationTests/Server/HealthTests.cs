using System.Net;
using System.Text.Json;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_names_the_stores()
    {
        await using var server = await RunningServer.StartAsync();

        var (status, ready) = await server.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("ready", "sqlite", "sqlite"), (ready.GetProperty("status").GetString(), ready.GetProperty("store").GetString(), ready.GetProperty("state").GetString()));
        Assert.Equal(JsonValueKind.Null, ready.GetProperty("next_run").ValueKind);
    }

    [Theory]
    [InlineData("memories.db", "store")]
    [InlineData("state.db", "state")]
    public async Task A_part_that_does_not_answer_is_named_and_the_process_stays_alive(string file, string part)
    {
        await using var server = await RunningServer.StartAsync([new("Schedule:InServe", "true")], before: running =>
        {
            Directory.CreateDirectory(running.DataRoot);
            return File.WriteAllTextAsync(Path.Combine(running.DataRoot, file), new string('x', 8_192));
        });

        var (status, problem) = await server.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(part, problem.GetProperty("part").GetString());
        Assert.DoesNotContain(server.DataRoot, problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/live")).Status);
        Assert.Equal(part is "store" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, (await server.GetAsync("/api/v1/recall?query=street&user=dana")).Status);
        Assert.Equal(part is "state" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, (await server.GetAsync("/api/v1/runs")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.PostAsync("/api/v1/runs", """{"mode":"nightly"}""")).Status);
    }
}
