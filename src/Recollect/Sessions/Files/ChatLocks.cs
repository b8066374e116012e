using System.Globalization;

namespace Recollect.Sessions.Files;

/// <summary>Locks of chats, among the threads of this process and among processes; those of one that died are free.</summary>
/// <param name="folder">Where sessions lie.</param>
/// <param name="time">Lets waiting pass.</param>
/// <remarks>Chats share a thousand locks, so that no file tells for ever that a person wrote once.</remarks>
internal sealed class ChatLocks(SessionFolder folder, TimeProvider time)
{
    private const int Count = 1_024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly SemaphoreSlim[] _own = [.. Enumerable.Range(0, Count).Select(static _ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the lock of a chat.</summary>
    public async ValueTask<IDisposable> TakeAsync(string hash, CancellationToken cancellationToken)
    {
        var number = int.Parse(hash.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Count;
        await _own[number].WaitAsync(cancellationToken);
        try
        {
            var locks = Path.Combine(folder.Root, ".locks");
            SessionFolder.Make(folder.Root);
            SessionFolder.Make(locks);
            return new Held(_own[number], await OpenAsync(Path.Combine(locks, number.ToString("d4", CultureInfo.InvariantCulture)), cancellationToken));
        }
        catch
        {
            _own[number].Release();
            throw;
        }
    }

    private async ValueTask<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return SessionFolder.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (File.Exists(path)) // another process has it, for milliseconds
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private sealed class Held(SemaphoreSlim own, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            own.Release();
        }
    }
}
