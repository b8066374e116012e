using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>Writes strings as people read them: every character as it is, but for those that JSON must escape.</summary>
/// <remarks>The encoders of the framework escape emoji, which programs that search the files as text would not find.</remarks>
internal static class PlainJson
{
    private static readonly SearchValues<char> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    /// <summary>Writes a property.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Encode(value), skipInputValidation: true);
    }

    private static byte[] Encode(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        var rest = value.AsSpan();
        for (int at; (at = rest.IndexOfAny(Special)) >= 0; rest = rest[(at + 1)..])
        {
            text.Append(rest[..at]).Append('\\');
            _ = rest[at] switch
            {
                '\n' => text.Append('n'),
                '\r' => text.Append('r'),
                '\t' => text.Append('t'),
                '"' or '\\' => text.Append(rest[at]),
                var control => text.Append(CultureInfo.InvariantCulture, $"u{(int)control:x4}"),
            };
        }

        return Encoding.UTF8.GetBytes(text.Append(rest).Append('"').ToString());
    }
}
