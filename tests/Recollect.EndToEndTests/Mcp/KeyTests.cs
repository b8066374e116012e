using System.Security.Cryptography;
using System.Text;
using Recollect.EndToEndTests.Commands;
using Xunit;

namespace Recollect.EndToEndTests.Mcp;

/// <summary><c>recollect key new</c>.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task It_prints_a_fresh_key_and_the_settings_with_its_hash_and_writes_nothing()
    {
        var first = await _place.JsonAsync("key", "new", "--name", "noor");
        var second = await _place.JsonAsync("key", "new", "--name", "maestro", "--scope", "personal", "--scope", "secrets", "--tenant", "acme", "--may-forget");

        var (key, agent) = (first.GetProperty("key").GetString()!, first.GetProperty("agent"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), agent.GetProperty("KeyHash").GetString());
        Assert.Equal(["personal", "departmental", "ministry"], agent.GetProperty("Scopes").EnumerateArray().Select(scope => scope.GetString()), StringComparer.Ordinal);
        Assert.NotEqual(key, second.GetProperty("key").GetString(), StringComparer.Ordinal);
        Assert.Equal("acme", second.GetProperty("agent").GetProperty("Tenant").GetString());
        Assert.Equal(["personal", "secrets"], second.GetProperty("agent").GetProperty("Scopes").EnumerateArray().Select(scope => scope.GetString()), StringComparer.Ordinal);
        Assert.Equal((false, true), (agent.TryGetProperty("MayForget", out _), second.GetProperty("agent").GetProperty("MayForget").GetBoolean()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place.Root));
    }

    [Fact]
    public async Task For_people_it_prints_the_same()
    {
        var result = await _place.RunAsync("key", "new", "--name", "noor");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches("\n  recollect_[A-Za-z0-9_-]{43}\n", result.Output);
        Assert.Matches("""\n  \{"Name":"noor","KeyHash":"[0-9a-f]{64}","Tenant":"default","Scopes":\["personal","departmental","ministry"\]\}""", result.Output);
    }

    [Theory]
    [InlineData("key new")]
    [InlineData("key new --name noor --tenant=")]
    [InlineData("key new --name noor --scope=")]
    [InlineData("key")]
    public async Task Half_of_an_agent_is_wrong_use(string arguments)
    {
        var result = await _place.RunAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("recollect: ", result.Error, StringComparison.Ordinal);
    }
}
