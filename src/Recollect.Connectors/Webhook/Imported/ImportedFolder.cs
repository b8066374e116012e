using Recollect.Connectors.Webhook.Files;
using Recollect.Memorize.Delivery;

namespace Recollect.Connectors.Webhook.Imported;

/// <summary>The folder that keeps what the program before left, so that it is told apart from what is written in its place.</summary>
/// <param name="root">The data root.</param>
internal sealed class ImportedFolder(string root)
{
    private const string Name = "imported";

    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Folder => Path.Combine(root, Name);

    /// <summary>Copies what is in the data root, if that was not done before.</summary>
    /// <returns>False when it was.</returns>
    /// <exception cref="DeliveryException">A file cannot be read; nothing was changed.</exception>
    public bool TakeOver()
    {
        var unfinished = Folder + ReplacedFile.Unfinished;
        return Guard(() =>
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            if (Directory.Exists(Folder))
            {
                return false;
            }

            var memories = Bytes(root, FileNames.Memories);
            var processed = Bytes(root, FileNames.Processed);
            ImportedList.Read(Path.Combine(root, FileNames.Memories), memories, FileNames.MemoryList);
            ImportedList.Read(Path.Combine(root, FileNames.Processed), processed, FileNames.ProcessedList);
            Create(root);
            Create(unfinished);
            Write(Path.Combine(unfinished, FileNames.Memories), memories);
            Write(Path.Combine(unfinished, FileNames.Processed), processed);
            Directory.Move(unfinished, Folder);
            return true;
        });
    }

    /// <summary>Reads what was taken over; nothing before that was done.</summary>
    /// <param name="window">The longest silence within a conversation.</param>
    /// <exception cref="DeliveryException">A file cannot be read.</exception>
    public ImportedMemories Read(TimeSpan window) => Guard(() => new ImportedMemories(
        [.. ImportedList.Read(Path.Combine(Folder, FileNames.Memories), Bytes(Folder, FileNames.Memories), FileNames.MemoryList).Select(ImportedRecord.Read)],
        [.. ImportedList.Read(Path.Combine(Folder, FileNames.Processed), Bytes(Folder, FileNames.Processed), FileNames.ProcessedList).Select(ImportedEntry.Read)],
        window));

    /// <summary>Keeps these entries and no others.</summary>
    /// <exception cref="DeliveryException">A file cannot be written.</exception>
    public void Replace(IEnumerable<ImportedRecord> records, IEnumerable<ImportedEntry> entries) => Guard(() =>
    {
        Replace(FileNames.Processed, FileNames.ProcessedList, entries.Select(entry => entry.Raw));
        Replace(FileNames.Memories, FileNames.MemoryList, records.Select(record => record.Raw)); // last, because the others are found by it
        return true;
    });

    private void Replace(string file, string list, IEnumerable<byte[]> entries)
    {
        using var output = new ListFile(Path.Combine(Folder, file), list);
        foreach (var entry in entries)
        {
            output.Add(entry);
        }

        output.Complete();
    }

    private static byte[] Bytes(string folder, string file) =>
        Path.Combine(folder, file) is var path && Path.Exists(path) ? File.ReadAllBytes(path) : [];

    private static void Write(string path, byte[] bytes)
    {
        using var file = ReplacedFile.Create(path);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFolder);
        }
    }

    private TResult Guard<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"What was sent before could not be taken over into {Folder}: {ex.Message} Nothing was changed; mend that, then start again.", isTransient: false, ex);
        }
    }
}
