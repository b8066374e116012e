using Recollect.Ingest.Sources;

namespace Recollect.Conformance.Ingest.Sources;

/// <summary>Keeps what a source tells.</summary>
public sealed class RecordingObserver : IReadObserver
{
    /// <summary>Gets the items that were skipped.</summary>
    public IList<UnreadableItem> Unreadable { get; } = [];

    /// <summary>Gets the parts that could not be read at all.</summary>
    public IList<UnreadableItem> Unreachable { get; } = [];

    /// <summary>Gets how far reading got, each time it was told.</summary>
    public IList<(long Done, long? Total)> Progress { get; } = [];

    /// <summary>Gets the sentences for the reader of the report.</summary>
    public IList<string> Notices { get; } = [];

    /// <inheritdoc/>
    public void OnNotice(string notice) => Notices.Add(notice);

    /// <inheritdoc/>
    public void OnUnreadable(UnreadableItem item) => Unreadable.Add(item);

    /// <inheritdoc/>
    public void OnUnreachable(UnreadableItem item) => Unreachable.Add(item);

    /// <inheritdoc/>
    public void OnProgress(long done, long? total) => Progress.Add((done, total));
}
