using System.Buffers;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Erasure;

namespace Recollect.Chat;

/// <summary>Keeps what was said in this process's chats, durably, until runs read it: a file of the <c>files</c> source for each thread.</summary>
/// <remarks>Safe to call concurrently, also from several processes: a file is open for one writer at a time.</remarks>
internal sealed class ChatLog(IOptions<DataOptions> data, TimeProvider time) : IUserTrace
{
    private const string FolderName = "chats";
    private const string NoChats = "none.jsonl";
    private const int Stripes = 64;
    private const int OpenAttempts = 100;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim[] _writers = [.. Enumerable.Range(0, Stripes).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Gets the folder that a run has to read.</summary>
    public string Folder => Path.Combine(data.Value.Root, FolderName);

    /// <summary>Writes messages that the thread does not have yet, all at once; they are on disk when this returns.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="IOException">The file cannot be written; nothing of it is kept.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public async ValueTask<int> AppendAsync(Owner owner, string thread, IReadOnlyList<LoggedMessage> messages, CancellationToken cancellationToken)
    {
        var key = StableHash.Of(16, owner.Tenant, owner.User, owner.Scope, thread);
        var writer = _writers[Convert.ToInt32(key[..2], 16) % Stripes];
        await writer.WaitAsync(cancellationToken);
        try
        {
            await using var file = await OpenAsync(Path.Combine(FolderOf(owner.Tenant, owner.User), key + ".jsonl"), cancellationToken);
            return await AppendAsync(file, owner, thread, messages, cancellationToken);
        }
        finally
        {
            writer.Release();
        }
    }

    /// <inheritdoc/>
    public int Forget(string tenant, string user)
    {
        var folder = new DirectoryInfo(FolderOf(tenant, user));
        if (!folder.Exists)
        {
            return 0;
        }

        var files = folder.GetFiles().Length;
        folder.Delete(recursive: true);
        return files;
    }

    /// <summary>Sees to it that a run finds a file to read, also before the first chat.</summary>
    public void MakeReadable()
    {
        CreateFolder(Folder);
        if (!Directory.EnumerateFiles(Folder, "*.jsonl", SearchOption.AllDirectories).Any())
        {
            Open(Path.Combine(Folder, NoChats)).Dispose();
        }
    }

    private static async ValueTask<int> AppendAsync(FileStream file, Owner owner, string thread, IReadOnlyList<LoggedMessage> messages, CancellationToken cancellationToken)
    {
        var known = await ChatLines.ReadAsync(file, cancellationToken);
        var added = messages.Where(message => known.Ids.Add(message.Id)).ToArray();
        if (added.Length == 0)
        {
            return 0;
        }

        var lines = new ArrayBufferWriter<byte>();
        lines.Write(known.EndsInALine ? [] : "\n"u8); // what a crash cut off stays a line of its own
        foreach (var message in added)
        {
            ChatLines.Write(lines, owner, thread, message);
        }

        var length = file.Length;
        try
        {
            await file.WriteAsync(lines.WrittenMemory, CancellationToken.None);
            file.Flush(flushToDisk: true);
        }
        catch (IOException) // a full disk keeps no half of an answer
        {
            file.SetLength(length);
            throw;
        }

        return added.Length;
    }

    private async ValueTask<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        CreateFolder(Folder);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                CreateFolder(Path.GetDirectoryName(path)!);
                return Open(path);
            }
            catch (IOException) when (attempt < OpenAttempts) // another process writes, or the user is just being forgotten
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.Asynchronous, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return new(path, options);
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnFolder);
        }
    }

    private string FolderOf(string tenant, string user) => Path.Combine(Folder, StableHash.Of(16, tenant, user));
}
