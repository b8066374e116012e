using Xunit;

namespace Recollect.UnitTests.Architecture;

/// <summary>Fails with all that was found and what to do about it.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string?> found, string advice)
    {
        var lines = found.ToArray();
        Assert.True(lines.Length == 0, $"{string.Join(Environment.NewLine, lines)}{Environment.NewLine}{advice}");
    }
}
