using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Recollect.Memorize.Delivery;

namespace Recollect.Connectors.Webhook.Imported;

/// <summary>Takes a file of the shape <c>{"name":[…]}</c> apart, without looking into the entries.</summary>
internal static class ImportedList
{
    /// <summary>How JSON of other programs is read.</summary>
    public static readonly JsonDocumentOptions Tolerant = new() { MaxDepth = 512 };

    /// <summary>Gets the entries as they stand in the file.</summary>
    /// <param name="path">The file, for the error.</param>
    /// <param name="bytes">Its content; empty or blank is an empty list.</param>
    /// <param name="list">The name of the list.</param>
    /// <exception cref="DeliveryException">The file is damaged or has another shape.</exception>
    public static IReadOnlyList<byte[]> Read(string path, ReadOnlyMemory<byte> bytes, string list)
    {
        bytes = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return [];
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            throw Unreadable(path, "it is not UTF-8 text", inner: null);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Tolerant);
            var found = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(list, out var entries) ? entries : default;
            return found.ValueKind == JsonValueKind.Array
                ? [.. found.EnumerateArray().Select(entry => JsonMarshal.GetRawUtf8Value(entry).ToArray())]
                : throw Unreadable(path, $"it holds no list \"{list}\"", inner: null);
        }
        catch (JsonException ex)
        {
            throw Unreadable(path, string.Create(CultureInfo.InvariantCulture, $"it is damaged in line {ex.LineNumber + 1}"), ex);
        }
        catch (InvalidOperationException ex) // a name with half a surrogate pair
        {
            throw Unreadable(path, "it holds a name that is no text", ex);
        }
    }

    private static DeliveryException Unreadable(string path, string reason, Exception? inner) =>
        new($"{path} cannot be taken over: {reason}. Mend it, or move it away if what it says was sent may be sent again; nothing was changed.", isTransient: false, inner);
}
