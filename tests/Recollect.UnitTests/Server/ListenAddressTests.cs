using Recollect.Server.Settings;
using Xunit;

namespace Recollect.UnitTests.Server;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8201", "127.0.0.1", 8201)]
    [InlineData("HTTP://127.0.0.1:8201/", "127.0.0.1", 8201)]
    [InlineData("http://127.8.9.1:0", "127.8.9.1", 0)]
    [InlineData("http://[::1]:8201", "::1", 8201)]
    [InlineData("http://localhost:8201", null, 8201)]
    [InlineData("http://localhost:0", "127.0.0.1", 0)]
    [InlineData(" ; http://127.0.0.1 ;", "127.0.0.1", 80)]
    public void An_address_of_this_machine_is_taken(string urls, string? address, int port)
    {
        var only = Assert.Single(ListenAddress.ParseAll(urls));

        Assert.Equal((address, port), (only.Address?.ToString(), only.Port));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8201")]
    [InlineData("http://[::]:8201")]
    [InlineData("http://*:8201")]
    [InlineData("http://+:8201")]
    [InlineData("http://memory.example:8201")]
    [InlineData("http://192.168.1.4:8201")]
    [InlineData("http://127.0.0.1.evil.example:8201")]
    [InlineData("http://localhost.evil.example:8201")]
    [InlineData("http://[::ffff:127.0.0.1]:8201")]
    [InlineData("http://127.0.0.1:8201;http://0.0.0.0:8202")]
    public void An_address_beyond_this_machine_is_refused(string urls)
    {
        var refused = Assert.Throws<FormatException>(() => ListenAddress.ParseAll(urls));

        Assert.Contains("needs API keys", refused.Message, StringComparison.Ordinal);
        Assert.Contains("reverse proxy", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("127.0.0.1:8201")]
    [InlineData("8201")]
    [InlineData("https://127.0.0.1:8201")]
    [InlineData("ftp://127.0.0.1:8201")]
    [InlineData("http://127.0.0.1:80000")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://127.0.0.1:port")]
    [InlineData("http://127.0.0.1:8201/memory")]
    [InlineData("http://user@127.0.0.1:8201")]
    [InlineData("http://unix:/run/recollect.sock")]
    [InlineData("http://:8201")]
    public void What_is_no_address_is_refused_with_what_it_must_be(string urls)
    {
        var refused = Assert.Throws<FormatException>(() => ListenAddress.ParseAll(urls));

        Assert.Contains("http://127.0.0.1:PORT", refused.Message, StringComparison.Ordinal);
    }
}
