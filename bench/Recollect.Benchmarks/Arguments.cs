using System.Globalization;

namespace Recollect.Benchmarks;

/// <summary>Options of the form <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Arguments(string[] arguments)
    {
        foreach (var pair in arguments.Chunk(2))
        {
            _values[pair[0]] = pair.Length == 2 ? pair[1] : throw new ArgumentException($"{pair[0]} has no value.", nameof(arguments));
        }
    }

    public int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public string? Text(string name) => _values.GetValueOrDefault(name);
}
