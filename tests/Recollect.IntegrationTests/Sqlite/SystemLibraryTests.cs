using System.Runtime.InteropServices;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SystemLibraryTests
{
    private delegate int VersionNumber();

    private delegate int CompileOptionUsed([MarshalAs(UnmanagedType.LPUTF8Str)] string option);

    [Fact]
    public void The_system_has_a_SQLite_that_is_new_enough_and_searches_text()
    {
        Assert.True(
            NativeLibrary.TryLoad("libsqlite3.so.0", out var library),
            "libsqlite3.so.0 is missing: apt-get install libsqlite3-0");

        var version = Marshal.GetDelegateForFunctionPointer<VersionNumber>(NativeLibrary.GetExport(library, "sqlite3_libversion_number"));
        var used = Marshal.GetDelegateForFunctionPointer<CompileOptionUsed>(NativeLibrary.GetExport(library, "sqlite3_compileoption_used"));

        Assert.InRange(version(), 3_040_000, int.MaxValue);
        Assert.Equal(1, used("ENABLE_FTS5"));
    }
}
