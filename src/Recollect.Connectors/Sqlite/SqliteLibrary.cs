using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Recollect.Connectors.Sqlite;

/// <summary>Binds the SQLite library of the operating system, once per process.</summary>
internal static class SqliteLibrary
{
    /// <summary>What to do when the library is missing or too old.</summary>
    public const string HowToInstall =
        "Install version 3.38 or later (Debian and Ubuntu: apt-get install libsqlite3-0; Alpine: apk add sqlite-libs) and try again.";

    private static readonly string[] Candidates = ["libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib", "winsqlite3", "sqlite3"];
    private static readonly Lazy<string?> Failure = new(Bind);

    /// <summary>Makes SQLite usable.</summary>
    /// <exception cref="SqliteFailure">The library is missing or too old.</exception>
    public static void EnsureBound()
    {
        if (Failure.Value is { } reason)
        {
            throw new SqliteFailure(SqliteFailure.NoLibrary, reason);
        }
    }

    private static string? Bind()
    {
        if (!Candidates.Any(name => NativeLibrary.TryLoad(name, out _)))
        {
            return "The SQLite library was not found.";
        }

        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion_number() < 3_038_000
            ? $"SQLite {raw.sqlite3_libversion().utf8_to_string()} is too old."
            : null;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var candidate in Candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var library))
            {
                return library;
            }
        }

        return 0;
    }
}
