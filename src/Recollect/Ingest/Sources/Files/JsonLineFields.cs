using System.Text;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Ingest.Sources.Files;

/// <summary>The fields of one line; one instance is used for all lines of a file.</summary>
internal sealed class JsonLineFields
{
    private static readonly (byte[] Utf8, string Name)[] Names =
    [
        .. new[] { "text", "thread", "role", "sent_at", "id", "user", "name", "workspace", "tenant", "scope", "session" }
            .Select(name => (Encoding.UTF8.GetBytes(name), name)),
    ];

    private readonly RecentStrings _recent = new();
    private readonly string?[] _values = new string?[(int)JsonLineField.Unknown];

    /// <summary>Gets when the message was sent; null when the line does not say.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Gets the fields that are not understood; null when there are none.</summary>
    public Dictionary<string, string>? Metadata { get; private set; }

    /// <summary>Gets what is missing; null when nothing is.</summary>
    public string? Missing =>
        this[JsonLineField.Thread] is null ? "has no thread"
        : this[JsonLineField.Role] is null ? "has no role"
        : this[JsonLineField.Text] is null ? "has no text"
        : SentAt is null ? "has no sent_at"
        : null;

    /// <summary>Gets a field's value; null when the line does not have it.</summary>
    /// <param name="field">Any but the time and the unknown.</param>
    public string? this[JsonLineField field] => _values[(int)field];

    /// <summary>Forgets the line before.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        (SentAt, Metadata) = (null, null);
    }

    /// <summary>Reads the field at whose name the reader stands.</summary>
    /// <param name="reader">The reader; stands at the end of the value afterwards.</param>
    /// <param name="line">The line that is read.</param>
    /// <returns>Null when it was read, else what is wrong.</returns>
    public string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        var field = Recognise(ref reader);
        if (field == JsonLineField.Unknown)
        {
            ReadMetadata(ref reader, line);
            return null;
        }

        reader.Read();
        return field switch
        {
            JsonLineField.SentAt => ReadSentAt(ref reader),
            JsonLineField.Text or JsonLineField.Role or JsonLineField.Thread => ReadRequired(ref reader, field),
            _ => ReadOptional(ref reader, field),
        };
    }

    private static JsonLineField Recognise(ref Utf8JsonReader reader)
    {
        var field = 0;
        while (field < Names.Length && !reader.ValueTextEquals(Names[field].Utf8))
        {
            field++;
        }

        return (JsonLineField)field;
    }

    private string? ReadRequired(ref Utf8JsonReader reader, JsonLineField field)
    {
        if (field == JsonLineField.Text && reader.TokenType == JsonTokenType.String)
        {
            _values[(int)field] = JsonText.Of(ref reader);
            return null;
        }

        var reason = reader.TokenType switch
        {
            JsonTokenType.Null => "is null",
            JsonTokenType.Number when field != JsonLineField.Thread => "is not a string",
            _ => ReadOptional(ref reader, field) is null ? null : "is not a string",
        };
        return reason is null && string.IsNullOrWhiteSpace(_values[(int)field]) ? $"{Names[(int)field].Name} is empty"
            : reason is null ? null
            : $"{Names[(int)field].Name} {reason}";
    }

    private string? ReadOptional(ref Utf8JsonReader reader, JsonLineField field)
    {
        string? value = null;
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            value = field == JsonLineField.Id ? JsonText.Of(ref reader) : _recent.Get(ref reader);
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            return $"{Names[(int)field].Name} is not a string";
        }

        _values[(int)field] = string.IsNullOrWhiteSpace(value) ? null : value;
        return null;
    }

    private string? ReadSentAt(ref Utf8JsonReader reader)
    {
        var reason = "is not a time";
        DateTimeOffset moment = default;
        if (reader.TokenType == JsonTokenType.Null)
        {
            reason = "is null";
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            reason = Moment.Read(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonText.Of(ref reader)) : reader.ValueSpan, out moment);
        }
        else if (reader.TokenType == JsonTokenType.Number)
        {
            reason = reader.TryGetDecimal(out var number) ? Moment.OfUnix(number, out moment) : "is not a time that can be kept";
        }

        SentAt = moment;
        return reason is null ? null : $"sent_at {reason}";
    }

    private void ReadMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        var name = WellFormedText.Of(JsonText.Of(ref reader));
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            (Metadata ??= new(StringComparer.Ordinal))[name] = WellFormedText.Of(JsonText.Of(ref reader));
            return;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        (Metadata ??= new(StringComparer.Ordinal))[name] = Encoding.UTF8.GetString(line[start..(int)reader.BytesConsumed]);
    }
}
