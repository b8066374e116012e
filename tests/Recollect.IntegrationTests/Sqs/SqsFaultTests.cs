using System.Globalization;
using Recollect.Conformance;
using Recollect.Conformance.Work;
using Recollect.Connectors.Sqs;
using Recollect.IntegrationTests.Servers;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Sqs;

/// <summary>What becomes of calls that fail, answers that are lost, clocks that are wrong and times that run out.</summary>
[Collection(SqsTests.Name)]
public sealed class SqsFaultTests(SqsServer server) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqsPlaces _places = new(server);
    private SqsProxy _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await SqsProxy.StartAsync(server);

    public async ValueTask DisposeAsync()
    {
        await _places.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_send_that_may_pass_is_tried_again()
    {
        var queue = await CreateAsync();
        _proxy.Script = call => (call.Action, call.Number) switch
        {
            ("SendMessage", 1) => SqsReply.Error(400, "RequestThrottled"),
            ("SendMessage", 2) => new(500, "<html>"),
            _ => null,
        };
        await queue.SendAsync(new("once"), None);
        Assert.Equal(3, _proxy.Calls("SendMessage").Count);
        Assert.Equal(new QueueDepth(1, 0, 0), await queue.GetDepthAsync(None));
    }

    [Fact]
    public async Task A_send_whose_answer_is_lost_is_sent_again()
    {
        var queue = await CreateAsync();
        _proxy.Script = call => call is { Action: "SendMessage", Number: 1 } ? SqsReply.CutAfterwards : null;
        await queue.SendAsync(new("at least once"), None);
        Assert.Equal(2, (await queue.GetDepthAsync(None)).Waiting);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up_after_four_tries()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(56));
        var queue = await CreateAsync(time: time);
        await queue.GetMaxBytesAsync(None);
        _proxy.Script = call => call.Action is "SendMessage" ? SqsReply.Silence : null;
        var failure = await Assert.ThrowsAsync<QueueException>(() => time.DriveAsync(async () =>
        {
            await queue.SendAsync(new("x"), None);
            return true;
        }));
        Assert.True(failure.IsTransient);
        Assert.Contains("did not answer SendMessage within 30 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, time.Delays.Count(delay => delay == TimeSpan.FromSeconds(30)) - 1); // and the question for the limit
    }

    [Theory]
    [InlineData(400, "QueueDoesNotExist", false, "Queue:Sqs:QueueUrl")]
    [InlineData(400, "AWS.SimpleQueueService.NonExistentQueue", false, "Queue:Sqs:QueueUrl")]
    [InlineData(403, "AccessDenied", false, "sqs:SendMessage")]
    [InlineData(403, "InvalidClientTokenId", false, "access key")]
    [InlineData(403, "SignatureDoesNotMatch", false, "Queue:Sqs:SecretKey")]
    [InlineData(400, "KmsAccessDenied", false, "kms:GenerateDataKey")]
    [InlineData(400, "InvalidMessageContents", false, "control characters")]
    [InlineData(400, "InvalidParameterValue", false, "Queue:Sqs:QueueUrl")]
    [InlineData(403, "ExpiredToken", true, "session")]
    [InlineData(403, "OverLimit", true, "120,000")]
    [InlineData(400, "ThrottlingException", true, "fewer calls")]
    [InlineData(503, "ServiceUnavailable", true, "tried again")]
    [InlineData(307, "Elsewhere", false, "Queue:Sqs:Endpoint")]
    public async Task Each_failure_says_what_to_do_and_whether_it_may_pass(int status, string code, bool isTransient, string expected)
    {
        var queue = await CreateAsync();
        _proxy.Script = call => call.Action is "SendMessage" ? SqsReply.Error(status, code, "conversation text and hidden-word") : null;
        var failure = await Assert.ThrowsAsync<QueueException>(async () => await queue.SendAsync(new("secret body"), None));
        Assert.Contains($"({code})", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Equal(isTransient ? 4 : 1, _proxy.Calls("SendMessage").Count);
        Assert.DoesNotContain("hidden-word", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret body", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_a_failure_that_may_pass()
    {
        var queue = await _places.CreateAsync(options => options.Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PostgresServer.FreePort()}"));
        var failure = await Assert.ThrowsAsync<QueueException>(async () => await queue.GetDepthAsync(None));
        Assert.True(failure.IsTransient);
        Assert.Contains("nothing listens there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_by_the_answer_that_refuses_it()
    {
        var later = DateTimeOffset.UtcNow.AddHours(2);
        var queue = await CreateAsync();
        _proxy.Script = call => call is { Action: "GetQueueAttributes", Number: 1 } ? SqsReply.Error(403, "SignatureDoesNotMatch", "Signature expired") with { Date = later } : null;
        await queue.GetDepthAsync(None);
        var dates = _proxy.Calls("GetQueueAttributes").Select(call => DateTimeOffset.ParseExact(call.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).ToList();
        Assert.InRange(dates[0], later.AddHours(-2).AddMinutes(-1), later.AddHours(-1));
        Assert.All(dates.Skip(1), date => Assert.InRange(date, later.AddMinutes(-1), later.AddMinutes(10)));
    }

    [Fact]
    public async Task Receiving_goes_on_after_failures_that_pass_and_ends_with_one_that_does_not()
    {
        var queue = await CreateAsync();
        _proxy.Script = call => call.Action is not "ReceiveMessage" ? null : call.Number switch
        {
            1 => SqsReply.Error(500, "InternalFailure"),
            2 => new(200, """{"Messages":[{"Body":1}]}"""),
            3 => new(200, """{"Messages":"""),
            5 => SqsReply.Error(400, "QueueDoesNotExist"),
            _ => null,
        };
        await queue.SendAsync(new("after all"), None);
        await using var receiver = new Receiver(queue, 1);
        await (await receiver.NextAsync()).CompleteAsync(None);
        Assert.False((await Assert.ThrowsAsync<QueueException>(receiver.NextAsync)).IsTransient);
    }

    [Fact]
    public async Task A_heartbeat_keeps_a_message_from_others_far_beyond_its_time()
    {
        var queue = await CreateAsync(options => options.VisibilityTimeout = TimeSpan.FromSeconds(3));
        await queue.SendAsync(new("long work"), None);
        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        await using var other = new Receiver(_places.Connect(queue), 1);
        var next = other.NextAsync();
        await _proxy.SeeAsync("ChangeMessageVisibility", 6);
        Assert.All(_proxy.Calls("ChangeMessageVisibility"), call => Assert.Equal(3, call.Visibility));
        Assert.False(next.IsCompleted);
        await delivery.CompleteAsync(None);
        Assert.Equal(new QueueDepth(0, 0, 0), await queue.GetDepthAsync(None));
    }

    [Fact]
    public async Task Without_a_heartbeat_a_message_comes_to_another_and_the_first_settlement_harms_nothing()
    {
        var queue = await CreateAsync(options => options.VisibilityTimeout = TimeSpan.FromSeconds(2));
        _proxy.Script = call => call.Action is "ChangeMessageVisibility" ? SqsReply.Done : null; // never reaches the service
        await queue.SendAsync(new("taken over"), None);
        await using var receiver = new Receiver(queue, 1);
        var slow = await receiver.NextAsync();
        await using var other = new Receiver(_places.Connect(queue), 1);
        var second = await other.NextAsync();
        Assert.Equal(("taken over", 2), (second.Message.Body, second.Deliveries));
        _proxy.Script = call => call is { Action: "DeleteMessage", Number: 1 } ? SqsReply.Error(404, "ReceiptHandleIsInvalid") : null;
        await slow.CompleteAsync(None);
        await second.CompleteAsync(None);
        Assert.Equal(2, _proxy.Calls("DeleteMessage").Count);
        Assert.Equal(new QueueDepth(0, 0, 0), await queue.GetDepthAsync(None));
    }

    [Fact]
    public async Task The_heart_beats_every_third_of_the_time_until_the_message_is_settled_or_lost()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(56));
        var queue = await CreateAsync(time: time);
        await queue.SendAsync(new("one"), None);
        await using var receiver = new Receiver(queue, 1);
        var delivery = await receiver.NextAsync();
        time.Advance(TimeSpan.FromSeconds(39));
        Assert.Empty(_proxy.Calls("ChangeMessageVisibility"));
        time.Advance(TimeSpan.FromSeconds(1));
        await _proxy.SeeAsync("ChangeMessageVisibility", 1);
        await delivery.CompleteAsync(None);
        time.Advance(TimeSpan.FromMinutes(10));

        await queue.SendAsync(new("two"), None);
        _proxy.Script = call => call is { Action: "ChangeMessageVisibility", Visibility: 120 } ? SqsReply.Error(400, "MessageNotInflight") : null;
        delivery = await receiver.NextAsync();
        time.Advance(TimeSpan.FromSeconds(40));
        await _proxy.SeeAsync("ChangeMessageVisibility", 2);
        await delivery.ReturnAsync(None);
        Assert.Equal([120, 120, 0], _proxy.Calls("ChangeMessageVisibility").Select(call => call.Visibility));
    }

    [Fact]
    public async Task More_messages_than_were_asked_for_go_back_at_once()
    {
        var queue = await CreateAsync();
        var messages = string.Join(',', Enumerable.Range(0, 25).Select(number => $$"""{"MessageId":"{{number}}","ReceiptHandle":"r{{number}}","Body":"same"}"""));
        _proxy.Script = call => call.Action switch
        {
            "ReceiveMessage" => new(200, $$"""{"Messages":[{{messages}}]}"""),
            "ChangeMessageVisibility" or "DeleteMessage" => SqsReply.Done,
            _ => null,
        };
        await using var receiver = new Receiver(queue, 3);
        var held = await receiver.NextAsync(3);
        Assert.Equal(3, _proxy.Calls("ReceiveMessage")[0].Body.GetProperty("MaxNumberOfMessages").GetInt32());
        Assert.Equal(Enumerable.Range(3, 22).Select(number => $"r{number}"), _proxy.Calls("ChangeMessageVisibility").Where(call => call.Visibility == 0).Select(call => call.Body.GetProperty("ReceiptHandle").GetString()).Order(NumberOrder));
        await held[0].CompleteAsync(None);
        Assert.Equal("r0", Assert.Single(_proxy.Calls("DeleteMessage")).Body.GetProperty("ReceiptHandle").GetString());
    }

    [Fact]
    public async Task A_settlement_that_fails_is_told_and_the_message_comes_again()
    {
        var queue = await CreateAsync(options => options.VisibilityTimeout = TimeSpan.FromSeconds(2));
        await queue.SendAsync(new("again"), None);
        await using var receiver = new Receiver(queue, 1);
        _proxy.Script = call => call.Action is "DeleteMessage" && call.Number <= 4 ? SqsReply.Error(500, "InternalFailure") : null;
        Assert.True((await Assert.ThrowsAsync<QueueException>(async () => await (await receiver.NextAsync()).CompleteAsync(None))).IsTransient);
        var delivery = await receiver.NextAsync();
        Assert.Equal(2, delivery.Deliveries);
        await delivery.CompleteAsync(None);
    }

    private static readonly IComparer<string?> NumberOrder = Comparer<string?>.Create((one, other) => int.Parse(one![1..], CultureInfo.InvariantCulture).CompareTo(int.Parse(other![1..], CultureInfo.InvariantCulture)));

    private Task<SqsQueue> CreateAsync(Action<SqsOptions>? change = null, TimeProvider? time = null) =>
        _places.CreateAsync(options =>
        {
            options.Endpoint = _proxy.Url;
            change?.Invoke(options);
        }, time);
}
