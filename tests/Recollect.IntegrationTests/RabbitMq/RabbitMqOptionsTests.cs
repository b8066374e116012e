using Microsoft.Extensions.Configuration;
using Recollect.Connectors.RabbitMq;
using Xunit;

namespace Recollect.IntegrationTests.RabbitMq;

public sealed class RabbitMqOptionsTests
{
    [Theory]
    [InlineData("amqp://localhost")]
    [InlineData("amqps://user:p%40ss@broker.example:5671/%2Fteam")]
    [InlineData("amqp://user:p@[::1]:5672/")]
    public void A_good_address_is_taken(string url) =>
        Assert.True(Validate(new() { Url = url }).Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("http://user:hidden@localhost")]
    [InlineData("localhost:5672")]
    [InlineData("amqp://user:hidden@localhost/a/b")]
    [InlineData("amqp://user:hidden@localhost?heartbeat=10")]
    public void A_wrong_address_is_refused_and_not_repeated(string url)
    {
        var result = Validate(new() { Url = url });
        Assert.StartsWith("Queue:RabbitMq:Url ", Assert.Single(result.Failures!), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var result = Validate(new() { Url = "x", Queue = "amq.mine", MaxDeliveries = 0, Timeout = TimeSpan.Zero });
        Assert.Equal(4, result.Failures!.Count());
        Assert.Single(Validate(new() { Url = "amqp://localhost", Queue = "a b\n" }).Failures!);
        Assert.True(Validate(new() { Url = "x" }, "inprocess").Skipped);
    }

    [Fact]
    public void User_password_and_virtual_host_are_decoded_and_certificates_checked()
    {
        var factory = RabbitMqAddress.Factory(new() { Url = "amqps://us%65r:p%3Aa%2Fss@broker.example/%2Fteam" });
        Assert.Equal(("user", "p:a/ss", "/team", "broker.example", 5671), (factory.UserName, factory.Password, factory.VirtualHost, factory.HostName, factory.Port));
        Assert.Equal((true, "broker.example", System.Net.Security.SslPolicyErrors.None), (factory.Ssl.Enabled, factory.Ssl.ServerName, factory.Ssl.AcceptablePolicyErrors));
        var plain = RabbitMqAddress.Factory(new() { Url = "amqp://localhost" });
        Assert.Equal(("guest", "/", 5672, false), (plain.UserName, plain.VirtualHost, plain.Port, plain.Ssl.Enabled));
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(RabbitMqOptions options, string use = "rabbitmq") =>
        new RabbitMqOptionsValidator(new ConfigurationBuilder().AddInMemoryCollection([new("Queue:Use", use)]).Build()).Validate(name: null, options);
}
