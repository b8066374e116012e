using Microsoft.Extensions.Options;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Settings;
using Xunit;

namespace Recollect.UnitTests.Server;

public sealed class AgentsTests
{
    private static readonly AgentProfile Noor = new() { Name = "noor", KeyHash = ApiKey.HashOf("n"), Scopes = ["personal", "departmental", "ministry"] };
    private static readonly AgentProfile Maestro = new() { Name = " Maestro ", KeyHash = ApiKey.HashOf("m").ToUpperInvariant(), Tenant = "acme", Scopes = ["personal", "secrets"] };

    [Theory]
    [InlineData("n", "noor")]
    [InlineData("m", "Maestro")]
    [InlineData("N", null)]
    [InlineData("", null)]
    public void A_key_belongs_to_one_agent_or_to_none(string key, string? expected)
    {
        Assert.Equal(expected, Of(Noor, Maestro).FindByKey(key)?.Name);
    }

    [Fact]
    public void A_hash_is_no_key()
    {
        Assert.Null(Of(Noor).FindByKey(Noor.KeyHash));
    }

    [Fact]
    public void An_agent_is_found_by_its_name_whatever_its_case()
    {
        Assert.Equal("acme", Of(Noor, Maestro).FindByName("maestro")?.Tenant);
        Assert.Null(Of(Noor).FindByName("maestro"));
    }

    [Fact]
    public void Without_agents_there_is_nobody_to_find()
    {
        var agents = Of();

        Assert.Equal((false, null, null), (agents.AreConfigured, agents.FindByKey(""), agents.FindByName("")));
    }

    [Fact]
    public void A_caller_reads_its_scopes_in_its_tenant_and_nothing_else()
    {
        var noor = Of(Noor).FindByKey("n")!;

        Assert.Equal(("default", "departmental", "61"), (noor.OwnerFor("61", null, "departmental") is var owner ? owner.Tenant : null, owner.Scope, owner.User));
        Assert.Equal("personal", noor.OwnerFor("61", "default", null).Scope);
        Assert.Equal("Agent noor may not read scope secrets; it may read: personal, departmental, ministry.", Refused(() => noor.OwnerFor("61", null, "secrets"), 403));
        Assert.Equal("Agent noor may not read tenant acme; its own is default.", Refused(() => noor.OwnerFor("61", "acme", null), 403));
    }

    [Fact]
    public void A_caller_forgets_only_where_its_profile_says_so_and_only_in_its_tenant()
    {
        var keeper = Of(new AgentProfile { Name = "keeper", KeyHash = ApiKey.HashOf("k"), Tenant = "acme", Scopes = ["ministry"], MayForget = true }).FindByKey("k")!;

        Assert.Equal(("acme", "61"), (keeper.OwnerToForget("61", null).Tenant, keeper.OwnerToForget("61", "acme").User));
        Assert.Equal("default", Caller.WithoutKey.OwnerToForget("61", null).Tenant);
        Assert.Equal("Agent keeper may not forget in tenant default; its own is acme.", Refused(() => keeper.OwnerToForget("61", "default"), 403));
        Assert.StartsWith("Agent noor may not forget users;", Refused(() => Of(Noor).FindByKey("n")!.OwnerToForget("61", null), 403), StringComparison.Ordinal);
        Assert.Equal("The fields user, tenant and scope must not be empty.", Refused(() => keeper.OwnerToForget(" ", null), 400));
    }

    [Fact]
    public void A_shared_scope_needs_no_user_but_the_personal_one_does()
    {
        Assert.Null(Caller.WithoutKey.OwnerFor(null, null, "ministry").Visibility.User);
        Assert.Equal("user_id is required for personal scope recall.", Refused(() => Caller.WithoutKey.OwnerFor(null, null, "personal"), 400));
    }

    [Fact]
    public void Without_a_key_there_are_no_secrets()
    {
        Assert.Contains("needs an agent", Refused(() => Caller.WithoutKey.OwnerFor("61", null, "secrets"), 403), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_tell_no_agent_from_another_are_refused()
    {
        var options = new ServerOptions
        {
            Agents = [Noor, new() { Name = "NOOR", KeyHash = Noor.KeyHash, Scopes = ["personal"] }, new() { KeyHash = "secret-key", Tenant = " ", Scopes = [""] }, new() { Name = "x", KeyHash = ApiKey.HashOf("x") }],
            AllowedOrigins = ["https://memory.example", "https://memory.example/path", "memory.example", "*"],
        };

        var failures = new AgentValidator().Validate(null, options).Failures!.ToArray();

        Assert.Equal(
            [
                "Server:Agents:2:Name is missing.",
                "Server:Agents:2:KeyHash must be the 64 hexadecimal digits that \"recollect key new\" prints, never the key itself.",
                "Server:Agents:2:Tenant must not be empty.",
                "Server:Agents:2:Scopes must name at least one scope, such as personal, and none may be empty.",
                "Server:Agents:3:Scopes must name at least one scope, such as personal, and none may be empty.",
                "Server:Agents has the Name \"noor\" 2 times; each agent needs its own.",
                $"Server:Agents has the KeyHash \"{Noor.KeyHash}\" 2 times; each agent needs its own.",
                "Server:AllowedOrigins holds \"https://memory.example/path\", which is no origin; it must be like https://memory.example, without a path.",
                "Server:AllowedOrigins holds \"memory.example\", which is no origin; it must be like https://memory.example, without a path.",
                "Server:AllowedOrigins holds \"*\", which is no origin; it must be like https://memory.example, without a path.",
            ],
            failures);
        Assert.DoesNotContain(failures, failure => failure.Contains("secret-key", StringComparison.Ordinal));
    }

    [Fact]
    public void With_keys_other_machines_may_be_listened_to()
    {
        Assert.Equal("0.0.0.0", Assert.Single(ListenAddress.ParseAll("http://0.0.0.0:8201", hasKeys: true)).Address?.ToString());
        Assert.Equal("::", Assert.Single(ListenAddress.ParseAll("http://[::]:8201", hasKeys: true)).Address?.ToString());
        Assert.Contains("needs API keys", Assert.Throws<FormatException>(() => ListenAddress.ParseAll("http://0.0.0.0:8201")).Message, StringComparison.Ordinal);
        Assert.Contains("not a name", Assert.Throws<FormatException>(() => ListenAddress.ParseAll("http://memory.example:8201", hasKeys: true)).Message, StringComparison.Ordinal);
    }

    private static Agents Of(params AgentProfile[] agents) => new(Options.Create(new ServerOptions { Agents = agents }));

    private static string Refused(Func<object> ask, int status)
    {
        var refused = Assert.Throws<ProblemException>(ask);
        Assert.Equal(status, refused.Status);
        return refused.Message;
    }
}
