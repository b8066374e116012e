using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Recollect.Sessions.Files;

namespace Recollect.Backups;

/// <summary>Writes the files of one backup, and its manifest as the last of them.</summary>
internal sealed class BackupWriter : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly GZipStream _packed;
    private readonly TarWriter _tar;
    private readonly string _path;
    private readonly DateTimeOffset _begun;
    private readonly List<BackupEntry> _entries = [];
    private readonly List<string> _missing = [];

    /// <summary>Initializes a new instance of the <see cref="BackupWriter"/> class.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="begun">When the backup was begun.</param>
    public BackupWriter(string path, DateTimeOffset begun)
    {
        (_path, _begun) = (path, begun);
        _file = SessionFolder.Open(path, FileMode.Create, FileShare.None);
        _packed = new(_file, CompressionLevel.Fastest, leaveOpen: true);
        _tar = new(_packed, TarEntryFormat.Pax, leaveOpen: true);
    }

    /// <summary>Gets what was written.</summary>
    public IReadOnlyList<BackupEntry> Entries => _entries;

    /// <summary>Gets what was left out and why.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Notes what is left out and why.</summary>
    public void Miss(string reason) => _missing.Add(reason);

    /// <summary>Adds a small file as it is at one moment; false where it has gone meanwhile.</summary>
    public async ValueTask<bool> TryAddAsync(string name, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream(await File.ReadAllBytesAsync(path, cancellationToken), writable: false);
            await AddAsync(name, content, cancellationToken);
            return true;
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Adds what is made for the backup alone, by way of a file that goes again.</summary>
    public async ValueTask AddMadeAsync(string name, Func<string, ValueTask> make, CancellationToken cancellationToken)
    {
        var staged = _path + ".stage.partial";
        try
        {
            File.Delete(staged);
            await make(staged);
            await using var content = new FileStream(staged, FileMode.Open, FileAccess.Read, FileShare.Read);
            await AddAsync(name, content, cancellationToken);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    /// <summary>Adds the manifest, and waits until everything is on the disk.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        var manifest = new BackupManifest { Format = BackupManifest.CurrentFormat, CreatedAt = _begun, Entries = _entries, Missing = _missing };
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest), writable: false);
        await WriteAsync(BackupNames.Manifest, content, cancellationToken);
        await _tar.DisposeAsync();
        await _packed.DisposeAsync();
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _packed.DisposeAsync();
        await _file.DisposeAsync();
    }

    private async ValueTask AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var size = content.Length;
        content.Position = 0;
        await WriteAsync(name, content, cancellationToken);
        _entries.Add(new(name, size, hash));
    }

    private Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => _tar.WriteEntryAsync(
        new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, ModificationTime = _begun, DataStream = content }, cancellationToken);
}
