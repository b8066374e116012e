using System.Text;
using Recollect.Cli.Output;

namespace Recollect.Cli.Settings;

/// <summary>Reads a <c>.env</c> file: <c>NAME=value</c> lines, comments, optional <c>export</c> and quotes.</summary>
internal static class DotEnvFile
{
    /// <exception cref="ConfigurationException">A line cannot be read.</exception>
    public static Dictionary<string, string?> Read(string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ConfigurationException($"{path}:{number}: expected NAME=value.");
            }

            values[text[..equals].TrimEnd()] = Unquote(text[(equals + 1)..].Trim());
        }

        return values;
    }

    /// <summary>Adds variables that the file does not have; the file is made where there is none, readable by its owner alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variables">Names and values; a value is a line without quotes.</param>
    /// <returns>The names that were added, and those that the file has with another value, which stays.</returns>
    /// <exception cref="ConfigurationException">A line of the file cannot be read.</exception>
    public static async Task<(IReadOnlyList<string> Added, IReadOnlyList<string> Kept)> AddAsync(string path, IReadOnlyDictionary<string, string> variables)
    {
        var (text, known) = File.Exists(path) ? (await File.ReadAllTextAsync(path), Read(path)) : (string.Empty, []);
        var missing = variables.Where(pair => !known.ContainsKey(pair.Key)).ToArray();
        if (missing.Length > 0)
        {
            var lines = string.Concat(missing.Select(pair => $"{pair.Key}=\"{pair.Value}\"\n"));
            await AtomicFile.WriteAsync(path, async stream =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{text}{(text.Length == 0 || text.EndsWith('\n') ? string.Empty : "\n")}{lines}"));
                return true;
            });
        }

        return ([.. missing.Select(pair => pair.Key)], [.. variables.Where(pair => known.TryGetValue(pair.Key, out var value) && !string.Equals(value, pair.Value, StringComparison.Ordinal)).Select(pair => pair.Key)]);
    }

    private static string Unquote(string value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'')
        {
            var end = value.IndexOf(value[0], 1);
            return end > 0 ? value[1..end] : value;
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment >= 0 ? value[..comment].TrimEnd() : value;
    }
}
