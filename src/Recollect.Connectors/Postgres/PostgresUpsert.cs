namespace Recollect.Connectors.Postgres;

/// <summary>Writes statements that insert or replace many rows at once, given as one array a column.</summary>
internal static class PostgresUpsert
{
    /// <summary>Writes the statement. Rows that are there already as they are given are neither written nor locked, and the others are locked in order of their keys, so that two callers never wait for each other.</summary>
    /// <param name="table">The table, with its schema.</param>
    /// <param name="keys">The columns of its primary key.</param>
    /// <param name="others">The other columns.</param>
    /// <returns>A statement with one array of parameters a column, keys first; no key may be given twice.</returns>
    public static string Of(string table, IReadOnlyList<(string Name, string Type)> keys, IReadOnlyList<(string Name, string Type)> others) => Of(
        table,
        keys,
        others,
        given => $"ROW({List(others, "o.")}) IS DISTINCT FROM ROW({List(others, given)})",
        string.Join(", ", others.Select(static column => $"{column.Name} = excluded.{column.Name}")));

    /// <summary>Writes the statement with a condition of its own.</summary>
    /// <param name="table">The table, with its schema.</param>
    /// <param name="keys">The columns of its primary key.</param>
    /// <param name="others">The other columns.</param>
    /// <param name="isChange">Whether a row changes what is there, which is named <c>o</c>; gets what stands before the names of the row's columns.</param>
    /// <param name="change">How, with the given row as <c>excluded</c>.</param>
    public static string Of(
        string table, IReadOnlyList<(string Name, string Type)> keys, IReadOnlyList<(string Name, string Type)> others, Func<string, string> isChange, string change)
    {
        (string Name, string Type)[] all = [.. keys, .. others];
        var arrays = string.Join(", ", all.Select(static (column, index) => $"${index + 1}::{column.Type}[]"));
        return $"""
            INSERT INTO {table} AS o ({List(all)})
            SELECT {List(all)} FROM unnest({arrays}) AS n({List(all)})
            WHERE NOT EXISTS (SELECT FROM {table} o WHERE ROW({List(keys, "o.")}) = ROW({List(keys, "n.")}) AND NOT ({isChange("n.")}))
            ORDER BY {List(keys)}
            ON CONFLICT ({List(keys)}) DO UPDATE SET {change} WHERE {isChange("excluded.")}
            """;
    }

    private static string List(IEnumerable<(string Name, string Type)> columns, string prefix = "") => string.Join(", ", columns.Select(column => prefix + column.Name));
}
