using System.Text.Json;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Writes down which fields JSON has and of which type, without the values.</summary>
internal static class JsonShape
{
    public static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(", ", element.EnumerateObject().Select(property => $"{property.Name}: {Of(property.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(" | ", element.EnumerateArray().Select(Of).Distinct(StringComparer.Ordinal))}]",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => element.TryGetInt64(out _) ? "number" : "fraction",
        JsonValueKind.Null => "null",
        _ => "text",
    };
}
