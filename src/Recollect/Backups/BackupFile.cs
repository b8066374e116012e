using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Recollect.Backups;

/// <summary>Reads backups, and trusts nothing that is in them.</summary>
public static class BackupFile
{
    private const long LargestManifest = 512L * 1024 * 1024;
    private const long LargestFile = 256L * 1024 * 1024; // of those that are many: sessions, settings
    private const int CopyBuffer = 128 * 1024;

    /// <summary>Reads a backup to its end and compares all that is in it with its manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="BackupException">It cannot be read, is damaged, or is none.</exception>
    public static async Task<BackupManifest> VerifyAsync(string path, CancellationToken cancellationToken)
    {
        BackupManifest? manifest = null;
        var found = new Dictionary<string, BackupEntry>(StringComparer.Ordinal);
        await ReadAsync(path, async (name, content) =>
        {
            if (manifest is not null)
            {
                throw Bad(path, "something follows its manifest");
            }

            if (name is BackupNames.Manifest)
            {
                manifest = await ReadManifestAsync(path, content, cancellationToken);
                return;
            }

            var (size, hash) = await HashAsync(content, cancellationToken);
            if (!found.TryAdd(name, new(name, size, hash)))
            {
                throw Bad(path, $"it holds {name} twice");
            }
        }, cancellationToken);
        if (manifest is null)
        {
            throw Bad(path, "it ends before its manifest");
        }

        var wrong = manifest.Entries.FirstOrDefault(entry => !found.Remove(entry.Name, out var read) || read != entry)?.Name ?? found.Keys.FirstOrDefault();
        return wrong is null ? manifest : throw Bad(path, $"{wrong} is not as its manifest says");
    }

    /// <summary>Reads one small file of a backup; null where it is not in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWanted">Tells by its name which one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="BackupException">It cannot be read, is damaged, or is none.</exception>
    public static async Task<byte[]?> ReadSmallAsync(string path, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        byte[]? found = null;
        await ReadAsync(path, async (name, content) =>
        {
            if (found is null && isWanted(name))
            {
                using var memory = new MemoryStream();
                await content.CopyToAsync(memory, cancellationToken);
                found = memory.ToArray();
            }
        }, cancellationToken);
        return found;
    }

    /// <summary>Visits each file, in order.</summary>
    internal static async Task ReadAsync(string path, Func<string, Stream, Task> visit, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = CopyBuffer, Options = FileOptions.SequentialScan });
            await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(unpacked);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                Check(path, entry);
                await visit(entry.Name, entry.DataStream ?? Stream.Null);
            }
        }
        catch (Exception ex) when (ex is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException or ArgumentException)
        {
            throw new BackupException($"{path} is no backup, or is damaged: it cannot be unpacked. Use another one.", ex);
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupException($"{path} does not exist.", ex);
        }
    }

    private static void Check(string path, TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw Bad(path, "it holds something that is no plain file");
        }

        if (!BackupNames.IsOurs(entry.Name))
        {
            throw Bad(path, "it holds a file whose name leads elsewhere");
        }

        var most = entry.Name is BackupNames.Manifest ? LargestManifest
            : entry.Name is BackupNames.Memories or BackupNames.State || entry.Name.StartsWith(BackupNames.Logs, StringComparison.Ordinal) ? long.MaxValue
            : LargestFile;
        if (entry.Length > most)
        {
            throw Bad(path, $"{entry.Name} is larger than any that this program writes");
        }
    }

    private static async Task<BackupManifest> ReadManifestAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await JsonSerializer.DeserializeAsync(content, BackupJson.Default.BackupManifest, cancellationToken);
            return manifest is not null && manifest.Entries.All(static entry => entry is not null) && string.Equals(manifest.Format, BackupManifest.CurrentFormat, StringComparison.Ordinal)
                ? manifest
                : throw Bad(path, $"it is not of format {BackupManifest.CurrentFormat}; a newer version of this program may have made it");
        }
        catch (JsonException ex)
        {
            throw new BackupException($"{path} is no backup, or is damaged: its manifest cannot be read. Use another one.", ex);
        }
    }

    private static async Task<(long Size, string Hash)> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[CopyBuffer];
        var size = 0L;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; size += read)
        {
            hash.AppendData(buffer, 0, read);
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static BackupException Bad(string path, string reason) => new($"{path} is no backup, or is damaged: {reason}. Use another one.");
}
