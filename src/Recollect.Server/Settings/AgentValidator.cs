using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Server.Access;

namespace Recollect.Server.Settings;

/// <summary>Checks at start that agents can be told apart by name and by key, and may see something.</summary>
internal sealed class AgentValidator : IValidateOptions<ServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = options.Agents.SelectMany(Check)
            .Concat(Twice(options.Agents, "Name", agent => agent.Name.Trim()))
            .Concat(Twice(options.Agents, "KeyHash", agent => agent.KeyHash))
            .Concat(options.AllowedOrigins.Where(origin => !IsOrigin(origin)).Select(origin => $"Server:AllowedOrigins holds \"{origin}\", which is no origin; it must be like https://memory.example, without a path."))
            .ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Check(AgentProfile agent, int index)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"Server:Agents:{index}");
        if (string.IsNullOrWhiteSpace(agent.Name))
        {
            yield return $"{place}:Name is missing.";
        }

        if (!ApiKey.IsHash(agent.KeyHash))
        {
            yield return $"{place}:KeyHash must be the 64 hexadecimal digits that \"recollect key new\" prints, never the key itself.";
        }

        if (string.IsNullOrWhiteSpace(agent.Tenant))
        {
            yield return $"{place}:Tenant must not be empty.";
        }

        if (agent.Scopes.Count == 0 || agent.Scopes.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{place}:Scopes must name at least one scope, such as personal, and none may be empty.";
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<AgentProfile> agents, string field, Func<AgentProfile, string> value) =>
        agents.Select(value).Where(text => text.Length > 0).GroupBy(text => text, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => $"Server:Agents has the {field} \"{group.Key}\" {group.Count()} times; each agent needs its own.");

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);
}
