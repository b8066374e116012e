using System.Text.Json;

namespace Recollect.Connectors.Chroma;

/// <summary>Writes which records of a collection are meant.</summary>
internal static class RecordFilter
{
    private const string Where = "where";

    /// <summary>Those of some ids.</summary>
    public static Action<Utf8JsonWriter> Ids(IEnumerable<string> ids) => json => WriteTexts(json, "ids", ids);

    /// <summary>The first record of each memory.</summary>
    public static void Memories(Utf8JsonWriter json)
    {
        json.WriteStartObject(Where);
        json.WriteNumber(RecordMetadata.Chunk, 0);
        json.WriteEndObject();
    }

    /// <summary>The first record of each memory of which a metadata has one of some values.</summary>
    public static Action<Utf8JsonWriter> Memories(string key, IEnumerable<string> values) => json =>
    {
        json.WriteStartObject(Where);
        json.WriteStartArray("$and");
        json.WriteStartObject();
        json.WriteNumber(RecordMetadata.Chunk, 0);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteStartObject(key);
        WriteTexts(json, "$in", values);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    };

    /// <summary>All records in which a metadata has a value.</summary>
    public static Action<Utf8JsonWriter> All(string key, string value) => json =>
    {
        json.WriteStartObject(Where);
        json.WriteString(key, value);
        json.WriteEndObject();
    };

    /// <summary>Those that Recollect did not write: a value that is missing is unequal to any.</summary>
    public static void OfBots(Utf8JsonWriter json)
    {
        json.WriteStartObject(Where);
        json.WriteStartObject(RecordMetadata.Format);
        json.WriteNumber("$ne", RecordMetadata.CurrentFormat);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a vector into a list that is open.</summary>
    public static void WriteVector(this Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        json.WriteStartArray();
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
