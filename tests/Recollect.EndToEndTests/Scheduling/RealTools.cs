using System.Diagnostics;
using Xunit;

namespace Recollect.EndToEndTests.Scheduling;

/// <summary>The system's own tools: a test that needs one is skipped where it is missing, and fails there on CI.</summary>
internal static class RealTools
{
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator), "/usr/sbin", "/sbin", "/lib/systemd"];

    /// <summary>Gets a value indicating whether nothing may be missing.</summary>
    public static bool IsCi { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal);

    /// <summary>Gets the path of a tool.</summary>
    public static string Require(string tool)
    {
        var path = Folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
        SkipUnless(path is not null, $"{tool} is not installed; ./test.sh installs it");
        return path ?? throw new UnreachableException();
    }

    /// <summary>Skips the test, or fails it on CI.</summary>
    public static void SkipUnless(bool condition, string reason)
    {
        if (!condition && IsCi)
        {
            Assert.Fail($"On CI this may not be: {reason}.");
        }

        Assert.SkipUnless(condition, reason);
    }
}
