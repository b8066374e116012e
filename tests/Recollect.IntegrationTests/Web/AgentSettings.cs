using System.Globalization;
using Recollect.Server.Access;

namespace Recollect.IntegrationTests.Web;

/// <summary>Settings of agents.</summary>
internal static class AgentSettings
{
    /// <summary>Gets settings by which tests are never too quick.</summary>
    public static KeyValuePair<string, string?>[] Limits { get; } = [new("Server:RequestsPerMinute", "1000000")];

    /// <summary>Gets the settings of an agent that may read what is personal.</summary>
    /// <param name="number">Its place among the agents, from 0.</param>
    /// <param name="name">Its name.</param>
    /// <param name="key">Its key.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="mayAdminister">Whether it may govern, and forget users.</param>
    public static KeyValuePair<string, string?>[] Of(int number, string name, string key, string tenant = "default", bool mayAdminister = false)
    {
        var entry = $"Server:Agents:{number.ToString(CultureInfo.InvariantCulture)}";
        var may = mayAdminister ? "true" : "false";
        return
        [
            new($"{entry}:Name", name), new($"{entry}:KeyHash", ApiKey.HashOf(key)), new($"{entry}:Tenant", tenant), new($"{entry}:Scopes:0", "personal"),
            new($"{entry}:MayAdminister", may), new($"{entry}:MayForget", may),
        ];
    }
}
