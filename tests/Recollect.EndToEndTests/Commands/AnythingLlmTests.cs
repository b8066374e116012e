using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>The program over the stand-in of an AnythingLLM server.</summary>
public sealed class AnythingLlmTests : IAsyncLifetime
{
    private readonly Workplace _place = new();
    private AnythingLlmStub _stub = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await AnythingLlmStub.StartAsync();
        _place.Write("recollect.json", $$$"""
            {
              "Sources": {
                "Use": "anythingllm",
                "Name": "anythingllm",
                "AnythingLlm": { "Url": "{{{_stub.Url}}}", "ApiKey": "${ANYTHINGLLM_API_KEY}", "Delay": "00:00:00" }
              }
            }
            """);
        _place.Variables["ANYTHINGLLM_API_KEY"] = AnythingLlmStub.Key;
    }

    public async ValueTask DisposeAsync()
    {
        await _stub.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task Every_night_memorises_what_was_added_and_is_recalled()
    {
        _stub.Add(Enumerable.Range(1, 50).Select(id => Chat(id, "2026-01-05", $"Where is box {id}?", $"Box {id} is in cellar {id % 7}.")));
        RunJsonAssert.Did(await _place.JsonAsync("backfill"), created: 1);

        _stub.Add(Chat(51, "2026-01-09", "Which street do I live in?", "You live in Tannery Lane."));
        RunJsonAssert.Did(await _place.JsonAsync("backfill"), created: 1, unchanged: 1);
        var nightly = await _place.JsonAsync("nightly");
        Assert.Equal(0, nightly.Number("created"));

        var recalled = await _place.JsonAsync("recall", "which street", "--user", "dana");
        Assert.Contains("Tannery Lane", recalled.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("51.response", recalled.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_ends_the_run_in_one_line_that_does_not_hold_it()
    {
        _place.Variables["ANYTHINGLLM_API_KEY"] = "OTHER-KEY";

        var run = await _place.RunAsync("backfill");
        var doctor = await _place.RunAsync("doctor");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("refused the key", run.Error, StringComparison.Ordinal);
        Assert.Contains("refused the key", doctor.Output + doctor.Error, StringComparison.Ordinal);
        Assert.All([run.Output, run.Error, doctor.Output, doctor.Error], text => Assert.DoesNotContain("OTHER-KEY", text, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_an_address_does_not_start()
    {
        _place.Write("recollect.json", """{"Sources": {"Use": "anythingllm"}}""");

        var run = await _place.RunAsync("backfill");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Sources:AnythingLlm:Url is empty", run.Error, StringComparison.Ordinal);
        Assert.Contains("Sources:AnythingLlm:ApiKey is empty", run.Error, StringComparison.Ordinal);
    }

    private static StubChat Chat(int id, string day, string question, string answer) => new()
    {
        Id = id,
        CreatedAt = $"{day}T10:{id:00}:00.000Z",
        Prompt = question,
        Response = StubChat.Answer(answer),
    };
}
