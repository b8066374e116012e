using System.Text.Json;

namespace Recollect.Connectors.Neo4j;

/// <summary>Finds what an answer says of a failure, which it may say within a success.</summary>
internal static class QueryErrors
{
    private const string Unknown = "(no code)";

    /// <summary>Gets the code of the first error; null where there is none.</summary>
    public static string? CodeOf(JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("errors", out var errors) || errors.ValueKind is not JsonValueKind.Array || errors.GetArrayLength() == 0)
        {
            return null;
        }

        var first = errors[0];
        return first.ValueKind is JsonValueKind.Object && first.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String
            ? string.Concat(code.GetString()!.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.').Take(100))
            : Unknown;
    }
}
