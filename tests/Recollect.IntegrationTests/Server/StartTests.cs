using Microsoft.Extensions.Options;
using Recollect.Server;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class StartTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_named_with_what_to_do()
    {
        await using var first = await RunningServer.StartAsync();

        var refused = await Assert.ThrowsAsync<ServerException>(() => RunningServer.StartAsync([new("Server:Urls", first.Address.GetLeftPart(UriPartial.Authority))]));

        Assert.Equal($"The server cannot listen on {first.Address.GetLeftPart(UriPartial.Authority)}: another program listens there. Name another port with --urls.", refused.Message);
    }

    [Fact]
    public async Task An_address_beyond_this_machine_is_never_listened_on()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningServer.StartAsync([new("Server:Urls", "http://0.0.0.0:0")]));

        Assert.Contains("needs API keys", refused.Message, StringComparison.Ordinal);
    }
}
