using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Connectors.Neo4j;

/// <summary>Writes requests: a statement, and its parameters beside it.</summary>
internal static class QueryBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a request.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="parameters">Writes the parameters; null for none.</param>
    /// <param name="isRead">Whether a member of a cluster that only reads may answer.</param>
    public static ReadOnlyMemory<byte> Of(string statement, Action<Utf8JsonWriter>? parameters, bool isRead) => Json(json =>
    {
        json.WriteString("statement", statement);
        json.WriteStartObject("parameters");
        parameters?.Invoke(json);
        json.WriteEndObject();
        if (isRead)
        {
            json.WriteString("accessMode", "READ");
        }
    });

    /// <summary>Writes one JSON object.</summary>
    public static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Writes whose memories are meant, as <c>tenant</c>, <c>scope</c> and, where only one user sees them, <c>user</c>.</summary>
    public static void WriteOwner(this Utf8JsonWriter json, Visibility visibility)
    {
        json.WriteString("tenant", visibility.Tenant);
        json.WriteString("scope", visibility.Scope);
        if (visibility.User is { } user)
        {
            json.WriteString("user", user);
        }
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

    /// <summary>Writes a vector, every value with a decimal point: a whole number would become an INTEGER there, and the list none of FLOAT.</summary>
    public static void WriteVector(this Utf8JsonWriter json, string name, ReadOnlySpan<float> vector)
    {
        json.WriteStartArray(name);
        json.WriteValues(vector);
        json.WriteEndArray();
    }

    /// <summary>Writes the values of a vector into a list that is open.</summary>
    public static void WriteValues(this Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        Span<byte> digits = stackalloc byte[FloatDigits.MaxLength];
        foreach (var value in vector)
        {
            json.WriteRawValue(digits[..FloatDigits.Write(value, digits)], skipInputValidation: true);
        }
    }
}
