using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Recollect.Cli.Features;

namespace Recollect.Cli.Settings;

/// <summary>The commented config file that <c>init</c> writes, which is also the list of all settings.</summary>
internal static partial class SettingsTemplate
{
    private const int MaxDistance = 3;

    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Gets the settings that are lists.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["Sources:Files:Paths", "Sources:Files:WhatsAppAssistant", "Sources:Tables:Scopes", "Generation:Verbatim:Tags", "Server:Agents", "Server:AllowedOrigins"];

    /// <summary>Gets the settings of the items of lists.</summary>
    public static IReadOnlyList<string> OfItems { get; } = ["Server:Agents:Name", "Server:Agents:KeyHash", "Server:Agents:Tenant", "Server:Agents:Scopes", "Server:Agents:MayForget", "Server:Agents:MayWork"];

    /// <summary>Gets the feature flags; what stands within one is checked by whoever reads it.</summary>
    public static IReadOnlyList<string> Flags { get; } = [$"{MemoryFeature.SectionName}:{MemoryFeature.Flag}", $"{MemoryFeature.SectionName}:{MemoryFeature.Audience}"];

    /// <summary>Opens the file's text.</summary>
    public static Stream Open() => typeof(SettingsTemplate).Assembly.GetManifestResourceStream("recollect.json")!;

    /// <summary>Gets the keys of all settings; a list is one key.</summary>
    public static IReadOnlyList<string> Keys()
    {
        using var stream = Open();
        using var template = JsonDocument.Parse(stream, Commented); // quicker than a configuration of it, at the start of every command
        var keys = new List<string>();
        Add(template.RootElement, string.Empty);
        return keys;

        void Add(JsonElement section, string prefix)
        {
            foreach (var setting in section.EnumerateObject())
            {
                if (setting.Value.ValueKind == JsonValueKind.Object && setting.Value.GetPropertyCount() > 0)
                {
                    Add(setting.Value, prefix + setting.Name + ConfigurationPath.KeyDelimiter);
                }
                else
                {
                    keys.Add(prefix + setting.Name);
                }
            }
        }
    }

    /// <summary>Refuses settings that nothing reads, which are most often misspelt.</summary>
    /// <exception cref="ConfigurationException">There is such a setting.</exception>
    public static void Check(IConfiguration settings)
    {
        string[]? known = null;
        foreach (var key in settings.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => ListIndex().Replace(pair.Key, string.Empty)))
        {
            known ??= [.. Keys().Concat(Lists).Concat(OfItems).Concat(Flags)];
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase) && !Flags.Any(flag => key.StartsWith(flag + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)))
            {
                var near = known.MinBy(other => Distance(key, other))!;
                throw new ConfigurationException($"{key} is no setting{(Distance(key, near) <= MaxDistance ? $"; did you mean {near}?" : ".")} \"recollect init\" writes a file with all of them.");
            }
        }
    }

    /// <summary>Counts the edits between two keys (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substitution = diagonal + (char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@":\d+(?=:|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListIndex();
}
