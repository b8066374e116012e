using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>Reads one sorted run from its start to its end.</summary>
internal sealed class SpoolReader(BinaryReader reader, long length) : IDisposable
{
    private SourceThread? _thread;
    private Message? _message;

    /// <summary>Gets the partition of the current message.</summary>
    public SourceThread Thread => _thread ?? throw new InvalidOperationException("Nothing was read yet.");

    /// <summary>Gets the current message.</summary>
    public Message Message => _message ?? throw new InvalidOperationException("Nothing was read yet.");

    /// <summary>Gets a value indicating whether the run was read to its end.</summary>
    public bool AtEnd { get; private set; }

    public bool MoveToFirst() => MoveNext();

    public bool MoveNext()
    {
        if (reader.BaseStream.Position >= length)
        {
            AtEnd = true;
            return false;
        }

        if (reader.ReadBoolean())
        {
            _thread = SpoolFormat.ReadThread(reader);
        }

        _message = SpoolFormat.ReadMessage(reader);
        return true;
    }

    public void Dispose() => reader.Dispose();
}
