using System.Text;
using RabbitMQ.Client;
using Recollect.Conformance.Work;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.RabbitMq;

[Collection(RabbitMqTests.Name)]
public sealed class RabbitMqQueueTests(RabbitMqServer server) : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly RabbitMqPlace _place = new(server);

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task Messages_survive_the_broker_and_are_plain_for_other_programs()
    {
        var queue = await _place.CreateAsync();
        await queue.SendAsync(new("""{"a":"ü"}""") { TraceParent = "00-aa" }, None);
        await using var outside = await _place.OpenOutsideAsync();
        var message = (await outside.BasicGetAsync(_place.NameOf(queue), autoAck: true))!;
        Assert.Equal("""{"a":"ü"}""", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal((true, "application/json"), (message.BasicProperties.Persistent, message.BasicProperties.ContentType));
        Assert.Equal("00-aa"u8.ToArray(), message.BasicProperties.Headers!["traceparent"]);
    }

    [Fact]
    public async Task A_message_of_another_program_is_taken_as_it_is_and_its_dead_letter_is_kept_to_the_byte()
    {
        byte[] body = [0xFF, 0x00, 0x7B, 0xC3, 0x28];
        var queue = await _place.CreateAsync();
        await queue.GetDepthAsync(None);
        await using (var outside = await _place.OpenOutsideAsync())
        {
            var properties = new BasicProperties { MessageId = "m1", Expiration = "600000", UserId = RabbitMqServer.User, Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["their"] = 7, ["traceparent"] = 3L } };
            await outside.BasicPublishAsync(string.Empty, _place.NameOf(queue), mandatory: true, properties, body);
        }

        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        Assert.Equal(new QueueMessage("\uFFFD\0{\uFFFD("), delivery.Message);
        await delivery.ReturnAsync(None);
        await (await receiver.NextAsync()).DeadLetterAsync("it is no text", None);
        var dead = Assert.Single(await _place.TakeDeadAsync(queue, 1));
        Assert.Equal(body, dead.Body.ToArray());
        Assert.Equal(("m1", true, null, null), (dead.BasicProperties.MessageId, dead.BasicProperties.Persistent, dead.BasicProperties.Expiration, dead.BasicProperties.UserId));
        Assert.Equal(["their", "traceparent", "x-recollect-reason"], dead.BasicProperties.Headers!.Keys.Where(name => name is not ("x-dotnet-pub-seq-no" or "x-delivery-count")).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_comes_back_too_often_is_put_aside_by_the_broker()
    {
        var queue = await _place.CreateAsync(options => options.MaxDeliveries = 2);
        await queue.SendAsync(new("hopeless"), None);
        await using var receiver = new Receiver(queue, 1);
        for (var deliveries = 1; deliveries <= 3; deliveries++)
        {
            var delivery = await receiver.NextAsync();
            Assert.Equal(deliveries, delivery.Deliveries);
            await delivery.ReturnAsync(None);
        }

        var dead = Assert.Single(await _place.TakeDeadAsync(queue, 1));
        Assert.Equal("hopeless", Encoding.UTF8.GetString(dead.Body.Span));
        Assert.Equal("delivery_limit"u8.ToArray(), dead.BasicProperties.Headers!["x-first-death-reason"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_queue_of_the_same_name_is_explained_and_left_alone(bool isClassic)
    {
        var queue = await _place.CreateAsync();
        if (isClassic)
        {
            await using var outside = await _place.OpenOutsideAsync();
            await outside.QueueDeclareAsync(_place.NameOf(queue), durable: true, exclusive: false, autoDelete: false);
        }
        else
        {
            await queue.GetDepthAsync(None);
            queue = await _place.CreateAsync(options => (options.Queue, options.MaxDeliveries) = (_place.NameOf(queue), 7));
        }

        foreach (var call in new Func<Task>[]
        {
            async () => await queue.SendAsync(new("x"), None),
            async () => await queue.DiagnoseAsync(None),
            () => new Receiver(queue, 1).NextAsync(),
        })
        {
            var failure = await Assert.ThrowsAsync<QueueException>(call);
            Assert.False(failure.IsTransient);
            Assert.Contains(isClassic ? "inequivalent arg" : "x-delivery-limit", failure.Message, StringComparison.Ordinal);
            Assert.Contains("Choose another Queue:RabbitMq:Queue", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_doctor_tells_version_counts_and_dead_letters()
    {
        var queue = await _place.CreateAsync();
        await queue.SendAsync(new("dead"), None);
        await queue.SendAsync(new("waiting"), None);
        await using (var receiver = new Receiver(queue, 1))
        {
            var delivery = await receiver.NextAsync();
            var other = await (delivery.Message.Body is "dead" ? Task.FromResult(delivery) : TurnAsync(delivery, receiver));
            await other.DeadLetterAsync("for the doctor", None);
        }

        while (await queue.GetDepthAsync(None) is not { Waiting: 1, Dead: 1 })
        {
            await Task.Yield(); // the queue counts in its own time
        }

        var diagnosis = await queue.DiagnoseAsync(None);
        Assert.True(diagnosis.Healthy);
        Assert.Matches("""^RabbitMQ at 127\.0\.0\.1:\d+ \(3\.\d+\.\d+\), quorum queue "test\.\d+": 1 waiting, \d receivers, 1 dead letters in "test\.\d+\.dead"$""", diagnosis.Finding);
        Assert.Contains("x-recollect-reason", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_no_text_is_refused()
    {
        var queue = await _place.CreateAsync();
        Assert.False((await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new("half \ud800"), None))).IsTransient);
    }

    [Theory]
    [InlineData("wrong password", false, "refused user or password")]
    [InlineData("unknown host", false, "virtual host")]
    [InlineData("nothing listens", true, "nothing listens there")]
    [InlineData("unknown name", true, "its name is not known")]
    [InlineData("untrusted", false, "no secure connection")]
    [InlineData("TLS at a plain port", false, "amqps is for the port with TLS")]
    [InlineData("no rights", false, "permissions")]
    public async Task A_failure_says_what_to_do_and_no_secret(string what, bool isTransient, string expected)
    {
        await server.StartAsync();
        if (what is "no rights")
        {
            await server.ControlAsync("add_user", "guarded", "hidden-word");
            await server.ControlAsync("set_permissions", "guarded", "^$", "^$", "^$");
        }

        var port = new Uri(server.Url).Port;
        var url = what switch
        {
            "wrong password" => $"amqp://worker:hidden-word@127.0.0.1:{port}",
            "unknown host" => server.Url + "/elsewhere",
            "nothing listens" => $"amqp://worker:hidden-word@127.0.0.1:{PostgresServer.FreePort()}",
            "unknown name" => "amqp://worker:hidden-word@no-such-host.invalid:5672",
            "untrusted" => server.TlsUrl,
            "no rights" => $"amqp://guarded:hidden-word@127.0.0.1:{port}",
            _ => $"amqps://worker:hidden-word@127.0.0.1:{port}",
        };
        var queue = await _place.CreateAsync(options => (options.Url, options.Timeout) = (url, TimeSpan.FromSeconds(20)));
        var failure = await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new("x"), None));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.DoesNotContain("word@", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass:word", failure.ToString(), StringComparison.Ordinal);
        if (what is "no rights")
        {
            await server.ControlAsync("delete_user", "guarded");
        }
    }

    private static async Task<IQueueDelivery> TurnAsync(IQueueDelivery delivery, Receiver receiver)
    {
        await delivery.ReturnAsync(None);
        return await receiver.NextAsync();
    }
}
