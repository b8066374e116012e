using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Conformance;

namespace Recollect.IntegrationTests.Servers;

/// <summary>An emulator of Amazon SQS that is started when a test first asks for it. It does not check signatures.</summary>
public sealed class SqsServer : IAsyncDisposable
{
    private const string AtMostReceives = "100";

    // The emulator refuses what lies beyond U+FFFF, which SQS takes.
    private const string Script =
        """
        import { buildApp } from 'fauxqs';
        import { INVALID_MESSAGE_BODY_CHAR } from './node_modules/fauxqs/dist/sqs/sqsTypes.js';
        INVALID_MESSAGE_BODY_CHAR.test = body => /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(body);
        await buildApp({ logger: false }).listen({ port: Number(process.argv[1]), host: '127.0.0.1' });
        console.error('listening');
        """;

    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts/servers");

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HttpClient _http = new();
    private readonly int _port = PostgresServer.FreePort();
    private ServerProcess? _process;
    private int _names;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Makes a queue with a dead-letter queue.</summary>
    /// <param name="attributes">Its attributes, such as <c>MaximumMessageSize</c>.</param>
    /// <returns>The URLs of both.</returns>
    public async Task<(string Queue, string Dead)> CreateQueueAsync(params IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var number = Interlocked.Increment(ref _names);
        var dead = await CreatePlainQueueAsync($"test{number}-dead");
        var target = (await CallAsync("GetQueueAttributes", new() { ["QueueUrl"] = dead, ["AttributeNames"] = new JsonArray("QueueArn") })).GetProperty("Attributes").GetProperty("QueueArn").GetString();
        var redrive = new JsonObject { ["deadLetterTargetArn"] = target, ["maxReceiveCount"] = AtMostReceives };
        return (await CreatePlainQueueAsync($"test{number}", [new("RedrivePolicy", redrive.ToJsonString()), .. attributes]), dead);
    }

    /// <summary>Makes a queue without one.</summary>
    public async Task<string> CreatePlainQueueAsync(string name, params IEnumerable<KeyValuePair<string, string>> attributes) =>
        (await CallAsync("CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) })).GetProperty("QueueUrl").GetString()!;

    /// <summary>Makes a call as another program would.</summary>
    public async Task<JsonElement> CallAsync(string action, JsonObject body)
    {
        await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(body.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        request.Headers.Add("X-Amz-Target", $"AmazonSQS.{action}");
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.StopAsync("KILL");
        }

        _http.Dispose();
        _gate.Dispose();
    }

    private async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_process is null)
            {
                Required.Unless(Directory.Exists(Path.Combine(Folder, "node_modules/fauxqs")), "fauxqs");
                string[] arguments = ["-C", Folder, "node", "--input-type=module", "-e", Script, _port.ToString(CultureInfo.InvariantCulture)];
                _process = await ServerProcess.StartAsync("env", arguments, line => line is "listening");
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
