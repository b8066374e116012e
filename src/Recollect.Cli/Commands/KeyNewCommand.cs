using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Recollect.Cli.Output;
using Recollect.Conversations;
using Recollect.Server.Access;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect key new</c>: a fresh key, and the settings of the agent that has it.</summary>
internal static class KeyNewCommand
{
    private static readonly string[] DefaultScopes = [Owner.PersonalScope, "departmental", "ministry"];

    public static Command Create(CommandHost host)
    {
        var name = new Option<string>("--name") { Description = "What the agent is called", HelpName = "NAME", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = "A scope that it may read; again for more", HelpName = "NAME", DefaultValueFactory = _ => DefaultScopes };
        var tenant = OwnerOptions.Tenant();
        var mayForget = new Option<bool>("--may-forget") { Description = "It may forget users of its tenant, in every scope" };
        var mayWork = new Option<bool>("--may-work") { Description = "It may do the work of \"recollect worker\" over HTTP" };
        var mayAdminister = new Option<bool>("--may-administer") { Description = "It may look at the whole installation in the pages of the server, and try parked conversations again" };
        var command = new DocumentedCommand("new", """
            Prints a fresh random key, once, and the settings of the agent that has it.
            Settings hold only the key's hash. Nothing is written anywhere.

            Examples:
              recollect key new --name noor
              recollect key new --name admin --may-administer --may-forget
              recollect key new --name maestro --scope personal --scope departmental --scope ministry --scope secrets
            """) { name, scopes, tenant, mayForget, mayWork, mayAdminister };
        command.SetAction((arguments, _) => CommandHost.GuardAsync(
            arguments,
            output => Task.FromResult(Run(
                arguments.GetRequiredValue(name).Trim(),
                arguments.GetRequiredValue(tenant),
                [.. arguments.GetRequiredValue(scopes).Distinct(StringComparer.Ordinal)],
                arguments.GetValue(mayForget),
                arguments.GetValue(mayWork),
                arguments.GetValue(mayAdminister),
                output)),
            host));
        return command;
    }

    private static int Run(string name, string tenant, IReadOnlyList<string> scopes, bool mayForget, bool mayWork, bool mayAdminister, CommandOutput output)
    {
        if (name.Length == 0 || scopes.Any(string.IsNullOrWhiteSpace))
        {
            throw new UsageException("--name and --scope must not be empty.");
        }

        var key = ApiKey.Create(RandomNumberGenerator.Fill);
        var agent = new AgentJson(name, ApiKey.HashOf(key), tenant, scopes, mayForget, mayWork, mayAdminister);
        output.People.WriteLine($"""
            The key of {Printable.Of(name)}, which is shown this once:

              {key}

            Add this to "Agents" in the section "Server" of the config file, and start "recollect serve" again:

              {JsonSerializer.Serialize(agent, OutputJson.Readable.AgentJson)}
            """);
        output.WriteJson(new(key, agent), static json => json.KeyJson);
        return ExitCodes.Done;
    }
}
