namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>A folder of one test, in memory where the system has such a place: thousands of small databases would wait for the disk.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    public string Path { get; } = Directory.Exists(InMemory)
        ? Directory.CreateDirectory($"{InMemory}/recollect-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("recollect-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
