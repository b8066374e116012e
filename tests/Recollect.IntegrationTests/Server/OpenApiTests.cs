using Recollect.Conformance;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_description_of_the_routes_is_the_one_that_was_approved()
    {
        await using var server = await RunningServer.StartAsync();

        Approved.Match("OpenApi", await server.Client.GetStringAsync("/openapi/v1.json"));
    }
}
