using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Sqs;
using Xunit;

namespace Recollect.IntegrationTests.Sqs;

public sealed class SqsOptionsTests
{
    private const string Url = "https://sqs.eu-central-1.amazonaws.com/123456789012/recollect";

    [Theory]
    [InlineData(Url, "eu-central-1")]
    [InlineData("https://sqs.cn-north-1.amazonaws.com.cn/1/q", "cn-north-1")]
    [InlineData("https://vpce-1-2.sqs.us-west-2.vpce.amazonaws.com/1/q", "us-west-2")]
    [InlineData("https://ap-south-1.queue.amazonaws.com/1/q", "ap-south-1")]
    [InlineData("https://queue.amazonaws.com/1/q", "us-east-1")]
    [InlineData("http://localhost:4566/000000000000/q", "us-east-1")]
    public void The_region_is_the_one_of_the_queue(string url, string region)
    {
        Assert.Equal(region, SqsAddress.Region(new() { QueueUrl = url }));
        Assert.Equal("sa-east-1", SqsAddress.Region(new() { QueueUrl = url, Region = "sa-east-1" }));
        Assert.True(Validate(new() { QueueUrl = url }).Succeeded);
    }

    [Fact]
    public void Calls_go_to_the_endpoint_or_to_the_host_of_the_queue()
    {
        Assert.Equal(new("https://sqs.eu-central-1.amazonaws.com/"), SqsAddress.Endpoint(new() { QueueUrl = Url }));
        Assert.Equal(new("http://localhost:4566/"), SqsAddress.Endpoint(new() { QueueUrl = Url, Endpoint = "http://localhost:4566" }));
        Assert.Equal("https://sqs.eu-central-1.amazonaws.com/42/dead", SqsAddress.OfArn(Url, "arn:aws:sqs:eu-central-1:42:dead"));
        Assert.Null(SqsAddress.OfArn(Url, "arn:aws:sns:eu-central-1:42:dead"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("recollect")]
    [InlineData("https://user:hidden@sqs.us-east-1.amazonaws.com/1/q")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/1/q.fifo")]
    public void A_wrong_queue_is_refused(string url)
    {
        var failure = Assert.Single(Validate(new() { QueueUrl = url }).Failures!);
        Assert.StartsWith("Queue:Sqs:QueueUrl ", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var result = Validate(new()
        {
            QueueUrl = "x",
            DeadLetterQueueUrl = "y",
            Endpoint = "http://localhost/path",
            AccessKey = "key with spaces",
            VisibilityTimeout = TimeSpan.FromSeconds(1),
            WaitTime = TimeSpan.FromSeconds(1.5),
            Timeout = TimeSpan.Zero,
        });
        Assert.Equal(8, result.Failures!.Count());
        Assert.True(Validate(new(), "rabbitmq").Skipped);
    }

    private static ValidateOptionsResult Validate(SqsOptions options, string use = "sqs") =>
        new SqsOptionsValidator(new ConfigurationBuilder().AddInMemoryCollection([new("Queue:Use", use)]).Build()).Validate(name: null, options);
}
