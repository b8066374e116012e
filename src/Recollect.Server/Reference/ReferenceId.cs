using System.Globalization;
using System.Text.Json;

namespace Recollect.Server.Reference;

/// <summary>Writes ids as the backend does: whole numbers as numbers, others as text.</summary>
internal static class ReferenceId
{
    public static JsonElement Of(string id) =>
        long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && string.Equals(number.ToString(CultureInfo.InvariantCulture), id, StringComparison.Ordinal)
            ? JsonElement.Parse(id)
            : JsonElement.Parse($"\"{JsonEncodedText.Encode(id)}\"");
}
