using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Recollect.Cli.Features;

/// <summary>Remembers, in the order in which they came, who was among the first to get a feature: a file of hashes, a line each.</summary>
/// <param name="data">Where the file lies.</param>
/// <remarks>Safe to call concurrently, from one process.</remarks>
internal sealed class FirstPeople(IOptions<DataOptions> data)
{
    private const int HashLength = 32;

    private readonly Lock _lock = new();
    private readonly string _path = Path.Combine(data.Value.Root, "first-people.txt");
    private List<string>? _people;

    /// <summary>Tells whether somebody is among the first; who comes while there is room is, from then on.</summary>
    /// <param name="person">The person.</param>
    /// <param name="count">How many are the first.</param>
    public bool Admit(string person, int count)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person)))[..HashLength];
        lock (_lock)
        {
            _people ??= Read();
            var place = _people.IndexOf(hash);
            if (place < 0 && _people.Count < count)
            {
                Append(hash);
                place = _people.Count;
                _people.Add(hash);
            }

            return place >= 0 && place < count;
        }
    }

    private List<string> Read() => File.Exists(_path)
        ? [.. File.ReadLines(_path).Where(line => line.Length == HashLength).Distinct(StringComparer.Ordinal)] // half a line of a killed process names nobody
        : [];

    private void Append(string hash)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(_path, options);
        file.Write(Encoding.ASCII.GetBytes($"{(file.Position > 0 ? "\n" : string.Empty)}{hash}"));
        file.Flush(flushToDisk: true);
    }
}
