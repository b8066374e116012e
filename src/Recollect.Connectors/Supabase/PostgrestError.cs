using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.Supabase;

/// <summary>What PostgREST, or the gateway before it, says of a failure.</summary>
/// <param name="Code">The code of PostgREST (<c>PGRST…</c>) or PostgreSQL; empty where there is none.</param>
/// <param name="Message">The sentence; empty where there is none. It may repeat values of a query.</param>
internal sealed record PostgrestError(string Code, string Message)
{
    private const int LongestBody = 64 * 1024;
    private const int LongestCode = 16;

    private static readonly PostgrestError Nothing = new(string.Empty, string.Empty);

    /// <summary>Reads the beginning of an answer, which may be anything.</summary>
    public static async ValueTask<PostgrestError> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = new byte[LongestBody];
        try
        {
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var count = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(body.AsMemory(0, count));
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object ? new(CodeOf(Field(root, "code")), Field(root, "message")) : Nothing;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or IOException or InvalidDataException) // the status alone must tell
        {
            return Nothing;
        }
    }

    private static string Field(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : string.Empty;

    private static string CodeOf(string code) => code.Length <= LongestCode && code.All(char.IsAsciiLetterOrDigit) ? code : string.Empty;
}
