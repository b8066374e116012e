namespace Recollect.Cli.Output;

/// <summary>Writes a file so that it is there whole or not at all, readable by its owner alone.</summary>
internal static class AtomicFile
{
    /// <exception cref="UsageException">There is no such folder, or this user may not write there.</exception>
    /// <exception cref="IOException">The disk is full, for example.</exception>
    public static async Task<TResult> WriteAsync<TResult>(string path, Func<Stream, Task<TResult>> write)
    {
        var partial = path + ".partial";
        try
        {
            TResult result;
            await using (var stream = new FileStream(partial, Options()))
            {
                result = await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            return result;
        }
        catch (Exception ex) when (ex is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be written: {ex.Message}");
        }
        finally
        {
            Remove(partial);
        }
    }

    private static void Remove(string partial)
    {
        if (File.Exists(partial)) // deleting in a folder that is not there would hide the reason
        {
            File.Delete(partial);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 128 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
