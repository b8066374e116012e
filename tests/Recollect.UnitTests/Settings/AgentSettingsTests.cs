using Microsoft.Extensions.Configuration;
using Recollect.Cli.Settings;
using Recollect.Server.Settings;
using Xunit;

namespace Recollect.UnitTests.Settings;

public sealed class AgentSettingsTests
{
    private static readonly KeyValuePair<string, string?>[] File =
        [new("Server:Agents:0:Name", "noor"), new("Server:Agents:0:Scopes:0", "personal"), new("Server:Agents:0:Scopes:1", "ministry"), new("Server:Agents:1:Name", "maestro"), new("Server:Agents:1:MayForget", "true")];

    [Fact]
    public void Each_field_of_an_agent_is_a_setting_and_a_misspelt_one_is_none()
    {
        SettingsTemplate.Check(new ConfigurationBuilder().AddInMemoryCollection(File).Build());

        var refused = Assert.Throws<ConfigurationException>(() =>
            SettingsTemplate.Check(new ConfigurationBuilder().AddInMemoryCollection([new("Server:Agents:0:KeyHas", "x")]).Build()));
        Assert.Equal("Server:Agents:KeyHas is no setting; did you mean Server:Agents:KeyHash? \"recollect init\" writes a file with all of them.", refused.Message);
    }

    [Fact]
    public void Agents_of_the_environment_replace_those_of_the_file()
    {
        var settings = SettingsLayers.Merge(File, [new("Server:Agents:0:Name", "other")]);

        var agent = Assert.Single(settings.GetSection("Server").Get<ServerOptions>()!.Agents);
        Assert.Equal(("other", 0), (agent.Name, agent.Scopes.Count));
    }

    [Fact]
    public void Agents_are_read_with_their_scopes_and_may_forget_where_it_is_said()
    {
        var agents = SettingsLayers.Merge(File).GetSection("Server").Get<ServerOptions>()!.Agents;

        Assert.Equal(["noor: personal, ministry False", "maestro:  True"], agents.Select(agent => $"{agent.Name}: {string.Join(", ", agent.Scopes)} {agent.MayForget}"), StringComparer.Ordinal);
    }
}
