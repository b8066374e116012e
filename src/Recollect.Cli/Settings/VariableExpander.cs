using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Recollect.Memorize.Generation.Llm;

namespace Recollect.Cli.Settings;

/// <summary>Fills in <c>${NAME}</c> and <c>${NAME:-default}</c> in config values.</summary>
internal static partial class VariableExpander
{
    private const string ModelWriter = "llm";

    /// <summary>The sections of which only the part that <c>Use</c> names is in use.</summary>
    private static readonly string[] Choices = ["Sources", "Generation", "Embedding", "Stores", "Delivery", "State", "Queue"];

    /// <exception cref="ConfigurationException">A variable without default is missing in a section that is in use.</exception>
    public static IConfiguration Expand(IConfigurationRoot settings, IConfiguration variables)
    {
        var expanded = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings.AsEnumerable().Where(pair => pair.Value is not null))
        {
            if (!value!.Contains("${", StringComparison.Ordinal))
            {
                expanded[key] = value;
            }
            else if (IsInUse(key, name => Filled(name, settings[name], variables))) // elsewhere a missing variable leaves the default
            {
                expanded[key] = Filled(key, value, variables);
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(expanded).Build(); // a chained configuration would lose empty values
    }

    private static bool IsInUse(string key, Func<string, string?> setting)
    {
        var parts = key.Split(ConfigurationPath.KeyDelimiter);
        if (parts.Length < 3 || !Choices.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        var chosen = setting($"{parts[0]}:Use");
        return chosen is null
            || string.Equals(chosen, parts[1], StringComparison.OrdinalIgnoreCase)
            || (string.Equals(chosen, ModelWriter, StringComparison.OrdinalIgnoreCase) && string.Equals(setting($"{LlmOptions.SectionName}:{nameof(LlmOptions.Client)}") ?? new LlmOptions().Client, parts[1], StringComparison.OrdinalIgnoreCase)); // the writer asks the client
    }

    private static string? Filled(string key, string? value, IConfiguration variables) => value is null ? null : Variable().Replace(value, match => ValueOf(match, key, variables));

    private static string ValueOf(Match match, string key, IConfiguration variables)
    {
        var name = match.Groups["name"].Value;
        var value = variables[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)];
        return value
            ?? (match.Groups["default"] is { Success: true } fallback ? fallback.Value : null)
            ?? throw new ConfigurationException($"{key} needs the environment variable {name}, which is not set. Set it, put it into .env, or give a default: ${{{name}:-value}}.");
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
