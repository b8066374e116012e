namespace Recollect.IntegrationTests.Sqlite;

/// <summary>A folder of one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Gets the full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("recollect-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
