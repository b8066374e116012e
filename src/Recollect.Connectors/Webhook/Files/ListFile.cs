using System.Buffers;
using System.Text.Json;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>Writes a file of the shape <c>{"name":[…]}</c>, entry by entry, whole or not at all.</summary>
internal sealed class ListFile : IDisposable
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly ReplacedFile _file;

    /// <summary>Initializes a new instance of the <see cref="ListFile"/> class.</summary>
    /// <param name="path">The full path; its folder is there.</param>
    /// <param name="list">The name of the list.</param>
    public ListFile(string path, string list)
    {
        _file = new(path);
        _json = new(_buffer, Readable);
        _json.WriteStartObject();
        _json.WriteStartArray(list);
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="write">Writes its properties.</param>
    public void Add(Action<Utf8JsonWriter> write)
    {
        _json.WriteStartObject();
        write(_json);
        _json.WriteEndObject();
        Flush();
    }

    /// <summary>Adds an entry as it is.</summary>
    /// <param name="raw">JSON.</param>
    public void Add(ReadOnlySpan<byte> raw)
    {
        _json.WriteRawValue(raw, skipInputValidation: true);
        Flush();
    }

    /// <summary>Puts the file in its place.</summary>
    public void Complete()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        Flush();
        _file.Append("\n"u8);
        _file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void Flush()
    {
        _json.Flush();
        _file.Append(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
