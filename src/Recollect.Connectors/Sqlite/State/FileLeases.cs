using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>Locks of the operating system on files in <c>locks</c>; a process that dies gives its own back at once.</summary>
internal sealed class FileLeases(string root, TimeProvider time) : ILeases
{
    private const int LongestPlainName = 64;

    private readonly string _folder = Path.Combine(Path.GetFullPath(root), "locks");

    /// <inheritdoc/>
    public async ValueTask<ILease?> TryAcquireAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (TryLock(name) is not { } file)
        {
            return null;
        }

        var owner = PathOf(name, "owner");
        var text = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
        try
        {
            await File.WriteAllTextAsync(owner, text, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) // a full disk: it only tells who holds the lock
        {
        }

        return new FileLease(file, owner);
    }

    /// <inheritdoc/>
    public async ValueTask<string?> DescribeHolderAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        await using var file = TryLock(name);
        return file is null ? await ReadOwnerAsync(PathOf(name, "owner"), cancellationToken) : null;
    }

    private static async Task<string> ReadOwnerAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken) is { Length: > 0 } text ? text : "another process";
        }
        catch (IOException) // it is just being taken or given back
        {
            return "another process";
        }
    }

    private FileStream? TryLock(string name)
    {
        var path = PathOf(name, "lock");
        try
        {
            return PrivateFile.TryOpenAlone(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateStoreException($"{path} cannot be locked: {error.Message} Check that this user may write to the folder.", isTransient: false, error);
        }
    }

    private string PathOf(string name, string extension) => Path.Combine(_folder, $"{SafeName(name)}.{extension}");

    private static string SafeName(string name) =>
        name.Length <= LongestPlainName && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
            ? name
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
