using System.Net;
using Xunit;

namespace Recollect.IntegrationTests.Server;

/// <summary>What a page of elsewhere may do through a browser on this machine: nothing.</summary>
public sealed class OriginGuardTests(ServerWithMemories shared) : IClassFixture<ServerWithMemories>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:1", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.9.9.9:8201", HttpStatusCode.OK)]
    [InlineData("[::1]:8201", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("evil.example:8201", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("0.0.0.0", HttpStatusCode.BadRequest)]
    [InlineData("192.168.1.4", HttpStatusCode.BadRequest)]
    [InlineData("[2001:db8::1]", HttpStatusCode.BadRequest)]
    public async Task A_name_that_is_not_this_machines_is_refused(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = host;

        var (status, _) = await RunningServer.ReadAsync(await _server.Client.SendAsync(request));

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost.evil.example")]
    public async Task A_page_of_another_origin_is_refused_whatever_it_asks(string origin)
    {
        foreach (var (method, path) in new[] { ("GET", "/health/live"), ("POST", "/api/v1/runs"), ("POST", "/api/v1/recall"), ("OPTIONS", "/api/v1/recall"), ("GET", "/nowhere") })
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Headers.Add("Origin", origin);

            var (status, _) = await RunningServer.ReadAsync(await _server.Client.SendAsync(request));

            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Fact]
    public async Task A_page_of_its_own_origin_may_ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("Origin", _server.Address.GetLeftPart(UriPartial.Authority));

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("no-store", Assert.Single(response.Headers.GetValues("Cache-Control")));
    }
}
