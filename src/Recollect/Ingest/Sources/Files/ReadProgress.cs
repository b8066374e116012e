namespace Recollect.Ingest.Sources.Files;

/// <summary>Tells the observer how many bytes of all files were read, at most once for each mebibyte and file.</summary>
/// <param name="observer">Is told.</param>
/// <param name="total">The size of all files.</param>
internal sealed class ReadProgress(IReadObserver observer, long total)
{
    private const long Step = 1024 * 1024;

    private long _before;
    private long _next = Step;

    /// <summary>Reading got on within a file.</summary>
    /// <param name="bytes">How many bytes of this file were read.</param>
    public void Within(long bytes)
    {
        if (_before + bytes >= _next)
        {
            Tell(_before + bytes);
        }
    }

    /// <summary>A file is done with.</summary>
    /// <param name="length">Its size as it was counted in the total.</param>
    public void Finish(long length)
    {
        _before += length;
        Tell(_before);
    }

    private void Tell(long done)
    {
        _next = done + Step;
        observer.OnProgress(Math.Min(done, total), total);
    }
}
