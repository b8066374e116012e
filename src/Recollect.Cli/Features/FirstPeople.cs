using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Erasure;

namespace Recollect.Cli.Features;

/// <summary>Remembers, in the order in which they came, who was among the first to get a feature: a file of hashes, a line each.</summary>
/// <param name="data">Where the file lies.</param>
/// <remarks>Safe to call concurrently. One process admits people; who is forgotten in another is out when that one starts again.</remarks>
internal sealed class FirstPeople(IOptions<DataOptions> data) : IUserTrace
{
    private const int HashLength = 32;

    private readonly Lock _lock = new();
    private readonly string _path = Path.Combine(data.Value.Root, "first-people.txt");
    private List<string>? _people;

    /// <summary>Tells whether somebody is among the first; who comes while there is room is, from then on.</summary>
    /// <param name="person">The person, as <see cref="FeaturePerson.IdOf"/> gives it.</param>
    /// <param name="count">How many are the first.</param>
    public bool Admit(string person, int count)
    {
        var hash = HashOf(person);
        lock (_lock)
        {
            _people ??= Read();
            var place = _people.IndexOf(hash);
            if (place < 0 && _people.Count < count)
            {
                Write([.. _people, hash]);
                place = _people.Count;
                _people.Add(hash);
            }

            return place >= 0 && place < count;
        }
    }

    /// <inheritdoc/>
    public int Forget(string tenant, string user)
    {
        lock (_lock)
        {
            var people = Read();
            if (!string.Equals(tenant, Owner.DefaultTenant, StringComparison.Ordinal) || !people.Remove(HashOf(FeaturePerson.IdOf(user))))
            {
                return 0;
            }

            Write(people);
            _people = people;
            return 1;
        }
    }

    private static string HashOf(string person) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person)))[..HashLength];

    private List<string> Read() => File.Exists(_path) ? [.. File.ReadLines(_path).Where(line => line.Length == HashLength).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>Writes the file whole, or not at all.</summary>
    private void Write(IEnumerable<string> people)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var partial = _path + ".partial";
        using (var file = new FileStream(partial, options))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Join('\n', people)));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, _path, overwrite: true);
    }
}
