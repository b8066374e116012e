using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Recollect.Text;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Reads the fields of a row.</summary>
internal static class TableFields
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1); // clocks differ; more than a day is no clock

    /// <summary>Gets a field as text: strings as they are, everything else as JSON writes it; null where there is none.</summary>
    public static string? Text(JsonElement row, string column) => !TryGet(row, column, out var value) ? null
        : value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : value.GetRawText();

    /// <summary>Gets a field as text; null where there is none or a blank one.</summary>
    public static string? FilledText(JsonElement row, string column) => Text(row, column) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Gets whether a field is true, as PostgreSQL writes booleans and numbers; null where it does not say.</summary>
    public static bool? Flag(JsonElement row, string column) => Text(row, column) switch
    {
        "true" or "t" or "1" => true,
        "false" or "f" or "0" => false,
        _ => null,
    };

    /// <summary>Reads a moment.</summary>
    /// <param name="text">What the server wrote; without a zone it is UTC.</param>
    /// <param name="moment">The moment.</param>
    /// <returns>Null when it was read, else what is wrong.</returns>
    public static string? Time(string? text, out DateTimeOffset moment)
    {
        moment = default;
        return text is null ? "is missing" : Moment.Read(Encoding.UTF8.GetBytes(text), out moment);
    }

    /// <summary>Tells whether a moment lies further ahead than clocks differ.</summary>
    public static bool IsAhead(DateTimeOffset moment, DateTimeOffset now) => moment - now > Ahead;

    private static bool TryGet(JsonElement row, string column, [NotNullWhen(true)] out JsonElement value)
    {
        value = default;
        return column.Length > 0 && row.ValueKind is JsonValueKind.Object && row.TryGetProperty(column, out value) && value.ValueKind is not JsonValueKind.Null;
    }
}
