using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Recollect.Conformance.Work;
using Recollect.Connectors.RabbitMq;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;

namespace Recollect.IntegrationTests.RabbitMq;

/// <summary>Queues on a RabbitMQ server, and a bare connection that looks at them from outside.</summary>
internal sealed class RabbitMqPlace(RabbitMqServer server) : IAsyncDisposable
{
    private static int _names;

    private readonly ConcurrentDictionary<IWorkQueue, RabbitMqOptions> _queues = new();
    private IConnection? _outside;

    /// <summary>Makes a queue of its own, or another worker's access to one.</summary>
    public async Task<RabbitMqQueue> CreateAsync(Action<RabbitMqOptions>? change = null)
    {
        await server.StartAsync();
        var options = new RabbitMqOptions { Url = server.Url, Queue = string.Create(CultureInfo.InvariantCulture, $"test.{Interlocked.Increment(ref _names)}") };
        change?.Invoke(options);
        return Connect(options);
    }

    /// <summary>Connects as another worker.</summary>
    public RabbitMqQueue Connect(IWorkQueue queue) => Connect(_queues[queue]);

    public string NameOf(IWorkQueue queue) => _queues[queue].Queue;

    /// <summary>Opens a bare channel.</summary>
    public async Task<IChannel> OpenOutsideAsync()
    {
        if (_outside is not { IsOpen: true })
        {
            await server.StartAsync();
            _outside = await new ConnectionFactory { Uri = new(server.Url), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        }

        return await _outside.CreateChannelAsync();
    }

    /// <summary>Takes dead letters as the broker has them.</summary>
    public async Task<List<BasicGetResult>> TakeDeadAsync(IWorkQueue queue, int count)
    {
        await using var channel = await OpenOutsideAsync();
        List<BasicGetResult> taken = [];
        while (taken.Count < count)
        {
            if (await channel.BasicGetAsync($"{NameOf(queue)}.dead", autoAck: true) is { } letter)
            {
                taken.Add(letter);
            }
        }

        return taken;
    }

    public static DeadLetter Read(BasicGetResult letter) =>
        new(Encoding.UTF8.GetString(letter.Body.Span), letter.BasicProperties.Headers!.TryGetValue("x-recollect-reason", out var reason) ? Encoding.UTF8.GetString((byte[])reason!) : "(none)");

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues.Keys.OfType<RabbitMqQueue>())
        {
            await queue.DisposeAsync();
        }

        if (_outside is not null)
        {
            await _outside.DisposeAsync();
        }
    }

    private RabbitMqQueue Connect(RabbitMqOptions options)
    {
        var queue = new RabbitMqQueue(Options.Create(options), TimeProvider.System, NullLogger<RabbitMqQueue>.Instance);
        _queues[queue] = options;
        return queue;
    }
}
