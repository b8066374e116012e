using Npgsql;

namespace Recollect.Connectors.Postgres;

/// <summary>Writes and reads values so that they come back exactly: any text, and times to the tick.</summary>
internal static class PostgresValues
{
    /// <summary>Gets one column of many rows, as an array of texts.</summary>
    public static string?[] Texts<T>(this IEnumerable<T> rows, Func<T, string?> text) => [.. rows.Select(row => ExactText.EncodeOrNull(text(row)))];

    /// <summary>Gets texts as an array.</summary>
    public static string?[] Texts(this IEnumerable<string> texts) => texts.Texts(static text => text);

    /// <summary>Gets one column of many rows, as an array of moments; null is NULL.</summary>
    public static long?[] Instants<T>(this IEnumerable<T> rows, Func<T, DateTimeOffset?> moment) => [.. rows.Select(row => moment(row)?.UtcTicks)];

    /// <summary>Gets a text of the current row.</summary>
    public static string Text(this NpgsqlDataReader row, int column) => ExactText.Decode(row.GetString(column));

    /// <summary>Gets a text of the current row that may be NULL.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Text(column);

    /// <summary>Gets a moment of the current row.</summary>
    public static DateTimeOffset Instant(this NpgsqlDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    /// <summary>Gets a moment of the current row that may be NULL.</summary>
    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);
}
