using System.Text.Json;

namespace Recollect.Connectors;

/// <summary>What a server says of a request that it refused.</summary>
/// <param name="Word">Its own word for the error, such as <c>insufficient_quota</c>, which may be shown; empty where it gives none.</param>
/// <param name="Field">The field of the request that it names; empty where it names none.</param>
/// <param name="Sentence">Its sentence, to be looked at and never shown.</param>
internal sealed record ChatError(string Word, string Field, string Sentence)
{
    /// <summary>Nothing is said.</summary>
    public static readonly ChatError None = new(string.Empty, string.Empty, string.Empty);

    private const int LongestError = 64 * 1024;
    private const int LongestWord = 64;

    private static readonly string[] SignsOfLength = ["context length", "context window", "context size", "context_length", "prompt is too long", "too many tokens", "maximum context"];

    /// <summary>Gets a value indicating whether it says that the request is longer than the context window.</summary>
    public bool SaysTooLong => SignsOfLength.Any(sign => Word.Contains(sign, StringComparison.Ordinal) || Sentence.Contains(sign, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads what a server says.</summary>
    public static async Task<ChatError> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var body = new byte[LongestError];
            var length = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(body.AsMemory(0, length));
            return Of(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or IOException or InvalidDataException or HttpRequestException) // HTML, cut off
        {
            return None;
        }
    }

    private static ChatError Of(JsonElement root)
    {
        var error = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("error", out var inner) ? inner : root;
        if (error.ValueKind is not JsonValueKind.Object)
        {
            return None with { Sentence = error.ValueKind is JsonValueKind.String ? error.GetString()! : string.Empty };
        }

        var sentence = TextOf(error, "message");
        return new(WordOf(error, "code") is { Length: > 0 } code ? code : WordOf(error, "type"), WordOf(error, "param"), sentence.Length > 0 ? sentence : error.GetRawText());
    }

    private static string WordOf(JsonElement error, string name) =>
        TextOf(error, name) is { Length: <= LongestWord } word && word.All(c => char.IsAsciiLetterLower(c) || c is '_') ? word : string.Empty;

    private static string TextOf(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : string.Empty;
}
