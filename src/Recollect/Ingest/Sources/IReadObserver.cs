namespace Recollect.Ingest.Sources;

/// <summary>Is told by a source what happened beside the messages. Members are called from the reading thread only.</summary>
public interface IReadObserver
{
    /// <summary>An item was skipped.</summary>
    /// <param name="item">Where and why.</param>
    void OnUnreadable(UnreadableItem item);

    /// <summary>A part of the source, such as a file, could not be read at all, so that the source was not read whole.</summary>
    /// <param name="item">Which and why.</param>
    void OnUnreachable(UnreadableItem item);

    /// <summary>Something that the reader of the report should know, and that is no failure.</summary>
    /// <param name="notice">A plain sentence, without text of messages.</param>
    void OnNotice(string notice);

    /// <summary>Reading got on.</summary>
    /// <param name="done">How far, in a unit of the source's own (bytes of files, rows of a table).</param>
    /// <param name="total">How much there is in the same unit; null when unknown.</param>
    void OnProgress(long done, long? total);
}
