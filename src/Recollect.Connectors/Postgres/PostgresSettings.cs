using System.Globalization;

namespace Recollect.Connectors.Postgres;

/// <summary>Checks the settings that every part which talks to PostgreSQL has.</summary>
internal static class PostgresSettings
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>Says everything that is wrong; repeats no value of the connection.</summary>
    /// <param name="section">The section in configuration.</param>
    /// <param name="isInUse">Whether the part is in use; without it no connection is needed.</param>
    /// <param name="connection">How to connect.</param>
    /// <param name="timeout">How long a statement may take.</param>
    public static IEnumerable<string> Check(string section, bool isInUse, string connection, TimeSpan timeout)
    {
        if (isInUse && ConnectionText.WhatIsWrongWith(connection) is { } wrong)
        {
            yield return $"{section}:ConnectionString {wrong}";
        }

        if (timeout < ShortestTimeout || timeout > LongestTimeout)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{section}:CommandTimeout is {timeout}; it must be between {ShortestTimeout} and {LongestTimeout}.");
        }
    }
}
