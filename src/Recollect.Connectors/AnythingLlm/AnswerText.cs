using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Finds the text of an answer, which AnythingLLM keeps as JSON among sources and metrics.</summary>
internal static class AnswerText
{
    /// <summary>Gets the field <c>text</c> of an answer, or all of it where there is none.</summary>
    /// <param name="response">JSON, most often.</param>
    public static string Of(string response)
    {
        if (!response.AsSpan().TrimStart().StartsWith('{'))
        {
            return response;
        }

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(response), ChatPageReader.Depth);
            return TryRead(document.RootElement, out var text) ? text : response;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException) // not JSON, or with a name that is no text
        {
            return response;
        }
    }

    /// <summary>Gets the field <c>text</c> of an answer, or all of it where there is none.</summary>
    /// <param name="response">An object.</param>
    public static string Of(JsonElement response) =>
        TryRead(response, out var text) ? text : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(response));

    private static bool TryRead(JsonElement response, [NotNullWhen(true)] out string? text)
    {
        text = response.TryGetProperty("text", out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : null;
        return text is not null;
    }
}
