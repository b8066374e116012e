using System.Text;
using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe as a team has it: its config file, a stand-in of AnythingLLM, and a receiver that honours keys.</summary>
internal sealed class MemoryCronPlace : IAsyncDisposable
{
    private MemoryCronPlace(AnythingLlmStub source, WebhookReceiver receiver) => (Source, Receiver) = (source, receiver);

    public Workplace Place { get; } = new();

    public AnythingLlmStub Source { get; }

    public WebhookReceiver Receiver { get; }

    /// <summary>Gets the payloads that were taken, each once.</summary>
    public IEnumerable<string> Posted => Receiver.Accepted.Values.Select(call => Encoding.UTF8.GetString(call.Body));

    public static async Task<MemoryCronPlace> CreateAsync()
    {
        var here = new MemoryCronPlace(await AnythingLlmStub.StartAsync(), await WebhookReceiver.StartAsync());
        var variables = here.Place.Variables;
        variables["ANYTHINGLLM_URL"] = here.Source.Url;
        variables["ANYTHINGLLM_API_KEY"] = AnythingLlmStub.Key;
        variables["WEBHOOK_URL"] = here.Receiver.Url;
        variables["RECOLLECT__Runs__Delay"] = "00:00:00.02";
        variables["RECOLLECT__Sources__AnythingLlm__Delay"] = "00:00:00.01";
        var written = await here.Place.RunAsync("init", "--recipe", "memory-cron");
        Assert.True(written.ExitCode == 0, written.Error);
        return here;
    }

    /// <summary>Runs a command and reads its report, whatever its exit code.</summary>
    public async Task<JsonElement> RunAsync(params IReadOnlyList<string> arguments)
    {
        var result = await Place.RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode is 0 or 1, $"exit code {result.ExitCode}: {result.Error}");
        var run = Workplace.JsonOf(result);
        RunJsonAssert.Closes(run);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Receiver.DisposeAsync();
        Place.Dispose();
    }
}
