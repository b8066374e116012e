using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>One way in which chats are written into a file.</summary>
/// <remarks>Safe to use for several files at once: what belongs to one file lives in the call.</remarks>
internal interface IFileFormat
{
    /// <summary>Gets what the format is called in messages to people.</summary>
    string Title { get; }

    /// <summary>Tells whether a file is of this format.</summary>
    /// <param name="head">The beginning of the file in UTF-8 without byte order mark.</param>
    /// <param name="isWhole">Whether that is the whole file.</param>
    bool Recognises(ReadOnlySpan<byte> head, bool isWhole);

    /// <summary>Reads all messages in the order of the file; what cannot be read is told to the observer and left out.</summary>
    /// <param name="file">The file.</param>
    /// <param name="context">What belongs to the run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    IAsyncEnumerable<SourceMessage> ReadAsync(FileContent file, ReadContext context, CancellationToken cancellationToken);
}
