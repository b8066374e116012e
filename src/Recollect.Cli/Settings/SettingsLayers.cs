using Microsoft.Extensions.Configuration;

namespace Recollect.Cli.Settings;

/// <summary>Lays settings over one another. A list replaces the list below it; it is not laid over it item by item.</summary>
internal static class SettingsLayers
{
    /// <summary>Merges layers.</summary>
    /// <param name="layers">Keys and values, the weakest layer first; a null value stands for none.</param>
    public static IConfigurationRoot Merge(params IEnumerable<KeyValuePair<string, string?>>[] layers)
    {
        var merged = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var layer in layers)
        {
            var given = layer.Where(pair => pair.Value is not null).ToArray();
            foreach (var prefix in SettingsTemplate.Lists.Select(list => list + ConfigurationPath.KeyDelimiter))
            {
                if (given.Any(pair => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                {
                    foreach (var below in merged.Keys.Where(key => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray())
                    {
                        merged.Remove(below);
                    }
                }
            }

            foreach (var (key, value) in given)
            {
                merged[key] = value;
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(merged).Build();
    }
}
