using Xunit;

namespace Recollect.IntegrationTests.Servers;

/// <summary>What a test needs of the machine: where it is missing the test is skipped, and fails on CI.</summary>
internal static class Required
{
    private static readonly bool IsCi = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal);

    /// <summary>Skips the test, or fails it on CI.</summary>
    /// <param name="isThere">Whether it is there.</param>
    /// <param name="what">What it is.</param>
    public static void Unless(bool isThere, string what)
    {
        if (!isThere && IsCi)
        {
            Assert.Fail($"On CI this may not be: {what} is missing.");
        }

        Assert.SkipUnless(isThere, $"{what} is missing; ./test.sh provides it");
    }
}
