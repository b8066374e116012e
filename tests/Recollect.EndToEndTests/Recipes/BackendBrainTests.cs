using System.Globalization;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe <c>backend-brain</c> from end to end, in processes of its own.</summary>
[Collection(PostgresTests.Name)]
public sealed class BackendBrainTests(PostgresServer server) : IAsyncLifetime
{
    private const string Nothing = "No conversations found that require memory generation.";

    private BackendBrainPlace _here = null!;

    public async ValueTask InitializeAsync() => _here = await BackendBrainPlace.CreateAsync(server);

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task The_service_works_on_its_own_queue_and_a_change_makes_one_memory_again()
    {
        await _here.Tables.AddAsync(30);
        await _here.ServeAsync();

        Assert.Contains("queued for 30 conversations (out of 30", await _here.TriggerAsync(), StringComparison.Ordinal);
        await _here.UntilDoneAsync(30);
        var calls = _here.Model.Calls.Count;
        Assert.Equal(Nothing, await _here.TriggerAsync());
        await _here.Tables.SayAsync(8, "The box of the comet is blue.");
        Assert.Contains("queued for 1 conversations (out of 1", await _here.TriggerAsync(), StringComparison.Ordinal);
        await _here.UntilDoneAsync(30);

        Assert.Equal((30, 1), (calls, _here.Model.Calls.Count - calls));
        var memory = (await _here.GetAsync("/api/internal/conversations/8/memory")).GetProperty("memory_data");
        Assert.Contains("comet", memory.GetProperty("summary").GetString(), StringComparison.Ordinal);
        var id = await _here.Tables.GetAsync<int>("SELECT max(id) FROM messages WHERE conversation_id = 8");
        Assert.Contains(memory.GetProperty("facts").EnumerateArray(), fact => fact.GetProperty("message_ids").GetArrayLength() > 0);
        var recalled = await _here.GetAsync("/api/v1/recall?query=the+box+of+the+comet&user=2");
        Assert.Equal("8", recalled.GetProperty("memories")[0].GetProperty("thread").GetString());
        Assert.Contains(recalled.GetProperty("memories")[0].GetProperty("citations").EnumerateArray(), citation => citation.GetProperty("message_id").ValueEquals(id.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_doctor_names_every_part_and_the_status_what_waits()
    {
        await _here.Tables.AddAsync(3);

        var doctor = await _here.Place.JsonAsync("doctor");

        Assert.True(doctor.GetProperty("healthy").GetBoolean());
        _here.Place.Variables["QUEUE"] = "rabbitmq";
        _here.Place.Variables["RABBITMQ_URL"] = "amqp://nobody:WRONG@127.0.0.1:1";
        var sick = await _here.Place.RunAsync("doctor");
        Assert.Equal(3, sick.ExitCode);
        Assert.Contains("FAIL queue rabbitmq", sick.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", sick.Output + sick.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_needs_a_queue_that_others_can_reach()
    {
        var result = await _here.Place.RunAsync("worker");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Queue:Use is \"inprocess\"", result.Error, StringComparison.Ordinal);
    }
}
