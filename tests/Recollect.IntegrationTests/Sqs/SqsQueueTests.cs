using System.Text.Json.Nodes;
using Recollect.Conformance.Work;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Sqs;

[Collection(SqsTests.Name)]
public sealed class SqsQueueTests(SqsServer server) : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqsPlaces _places = new(server);

    public ValueTask DisposeAsync() => _places.DisposeAsync();

    [Fact]
    public async Task The_limit_is_the_queue_s_own_less_what_stands_beside_the_body()
    {
        var queue = await _places.CreateAsync(attributes: new KeyValuePair<string, string>("MaximumMessageSize", "262144"));
        Assert.Equal(262_144 - 128, await queue.GetMaxBytesAsync(None));
        await queue.SendAsync(new(new string('x', 262_144 - 128)) { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, None);
        Assert.Contains("262,016", (await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new(new string('x', 262_017)), None))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nul \0", "U+0000 at 4")]
    [InlineData("\u001b[0m", "U+001B at 0")]
    [InlineData("🦊<first half>", "U+D83E at 2")]
    [InlineData("<second half>🦊", "U+DD8A at 0")]
    [InlineData("end \uffff", "U+FFFF at 4")]
    public async Task What_it_does_not_carry_is_refused_before_it_is_sent(string body, string expected)
    {
        var queue = await _places.CreateAsync();
        var sent = body.Replace("<first half>", "\ud83e", StringComparison.Ordinal).Replace("<second half>", "\udd8a", StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new(sent), None));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task A_message_of_another_program_keeps_its_attributes_as_a_dead_letter()
    {
        var queue = await _places.CreateAsync();
        var attributes = new JsonObject(Enumerable.Range(0, 10).Select(number => KeyValuePair.Create($"a{number}", (JsonNode?)new JsonObject { ["DataType"] = "Number", ["StringValue"] = "7" })));
        await server.CallAsync("SendMessage", new() { ["QueueUrl"] = _places.UrlOf(queue), ["MessageBody"] = "theirs", ["MessageAttributes"] = attributes });
        await using var receiver = new Receiver(queue, 1);
        await (await receiver.NextAsync()).DeadLetterAsync("it is theirs", None);
        var dead = Assert.Single(await _places.TakeDeadAsync(queue, 1));
        Assert.Equal(new DeadLetter("theirs", "it is theirs"), SqsPlaces.Read(dead));
        Assert.Equal(10, dead.GetProperty("MessageAttributes").EnumerateObject().Count());
        Assert.Equal("Number", dead.GetProperty("MessageAttributes").GetProperty("a3").GetProperty("DataType").GetString());
    }

    [Fact]
    public async Task A_dead_letter_that_leaves_little_room_keeps_a_short_reason()
    {
        var queue = await _places.CreateAsync();
        await queue.SendAsync(new(new string('x', await queue.GetMaxBytesAsync(None))) { TraceParent = "00-aa" }, None);
        await using var receiver = new Receiver(queue, 1);
        await (await receiver.NextAsync()).DeadLetterAsync(new string('é', 300), None);
        Assert.Equal(new string('é', 50), SqsPlaces.Read(Assert.Single(await _places.TakeDeadAsync(queue, 1))).Reason);
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_the_doctor_says_so_and_a_message_stays()
    {
        var url = await server.CreatePlainQueueAsync("alone");
        var queue = await _places.CreateAsync(options => options.QueueUrl = url);
        await queue.SendAsync(new("stays"), None);
        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        var failure = await Assert.ThrowsAsync<QueueException>(async () => await delivery.DeadLetterAsync("it is broken", None));
        Assert.Contains("redrive policy", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new QueueDepth(0, 1, null), await queue.GetDepthAsync(None));
        var diagnosis = await queue.DiagnoseAsync(None);
        Assert.True(diagnosis.Healthy);
        Assert.EndsWith("no dead-letter queue", diagnosis.Finding, StringComparison.Ordinal);
        Assert.Contains("redrive policy", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_tells_counts_limit_and_dead_letters()
    {
        var queue = await _places.CreateAsync();
        await queue.SendAsync(new("dead"), None);
        await using (var receiver = new Receiver(queue, 1))
        {
            await (await receiver.NextAsync()).DeadLetterAsync("for the doctor", None);
        }

        await queue.SendAsync(new("waiting"), None);
        var diagnosis = await queue.DiagnoseAsync(None);
        Assert.Matches("""^SQS at 127\.0\.0\.1:\d+, queue "test\d+": 1 waiting, 0 taken, messages of up to 1,048,576 bytes, 1 dead letters in "test\d+-dead"$""", diagnosis.Finding);
        Assert.Contains("recollect-reason", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redrive_policy_that_moves_messages_too_soon_is_told()
    {
        await server.CreatePlainQueueAsync("soon-dead");
        var url = await server.CreatePlainQueueAsync("soon", new KeyValuePair<string, string>("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:soon-dead","maxReceiveCount":"1"}"""));
        var queue = await _places.CreateAsync(options => options.QueueUrl = url);
        Assert.Contains("maxReceiveCount", (await queue.DiagnoseAsync(None)).Advice, StringComparison.Ordinal);
    }
}
