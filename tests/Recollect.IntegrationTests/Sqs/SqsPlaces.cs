using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Conformance.Work;
using Recollect.Connectors.Sqs;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;

namespace Recollect.IntegrationTests.Sqs;

/// <summary>Queues on the emulator, each with its dead-letter queue.</summary>
internal sealed class SqsPlaces(SqsServer server) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<IWorkQueue, (SqsOptions Options, string Dead)> _queues = new();

    /// <summary>Makes a queue of its own.</summary>
    /// <param name="change">Changes the settings; their endpoint is the emulator unless it sets another.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="attributes">Attributes of the queue.</param>
    public async Task<SqsQueue> CreateAsync(Action<SqsOptions>? change = null, TimeProvider? time = null, params IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var (url, dead) = await server.CreateQueueAsync(attributes);
        var options = new SqsOptions { QueueUrl = url, Endpoint = server.Url, AccessKey = "test", SecretKey = "hidden-word" };
        change?.Invoke(options);
        return Connect(options, dead, time);
    }

    /// <summary>Connects as another worker.</summary>
    public SqsQueue Connect(IWorkQueue queue) => Connect(_queues[queue].Options, _queues[queue].Dead, time: null);

    public string UrlOf(IWorkQueue queue) => _queues[queue].Options.QueueUrl;

    /// <summary>Takes dead letters as the service has them.</summary>
    public async Task<List<System.Text.Json.JsonElement>> TakeDeadAsync(IWorkQueue queue, int count)
    {
        List<System.Text.Json.JsonElement> taken = [];
        while (taken.Count < count)
        {
            var answer = await server.CallAsync("ReceiveMessage", new() { ["QueueUrl"] = _queues[queue].Dead, ["MaxNumberOfMessages"] = 10, ["MessageAttributeNames"] = new JsonArray("All") });
            taken.AddRange(answer.TryGetProperty("Messages", out var messages) ? messages.EnumerateArray() : []);
        }

        return taken;
    }

    public static DeadLetter Read(System.Text.Json.JsonElement letter) =>
        new(letter.GetProperty("Body").GetString(), letter.GetProperty("MessageAttributes").GetProperty("recollect-reason").GetProperty("StringValue").GetString()!);

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues.Keys.OfType<SqsQueue>())
        {
            await queue.DisposeAsync();
        }
    }

    private SqsQueue Connect(SqsOptions options, string dead, TimeProvider? time)
    {
        var queue = new SqsQueue(Options.Create(options), time ?? TimeProvider.System, NullLogger<SqsQueue>.Instance);
        _queues[queue] = (options, dead);
        return queue;
    }
}
