using System.Runtime.CompilerServices;
using Xunit;

namespace Recollect.Conformance;

/// <summary>Compares a text with the one that was approved, so that it changes in a visible diff or not at all.</summary>
public static class Approved
{
    private const string ApproveVariable = "APPROVE";

    /// <summary>Fails unless <paramref name="text"/> is what <c>NAME.approved.txt</c> beside the calling test holds.</summary>
    /// <param name="name">The name of the file, without its ending.</param>
    /// <param name="text">What there is now.</param>
    /// <param name="testFile">Left to the compiler.</param>
    public static void Match(string name, string text, [CallerFilePath] string testFile = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(testFile);
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, $"{name}.approved.txt");
        var received = Normalized(text);
        if (string.Equals(Environment.GetEnvironmentVariable(ApproveVariable), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(path, received);
            return;
        }

        var approved = File.Exists(path) ? Normalized(File.ReadAllText(path)) : string.Empty;
        if (!string.Equals(approved, received, StringComparison.Ordinal))
        {
            Assert.Fail(Difference(Path.GetFileName(path), approved.Split('\n'), received.Split('\n')));
        }
    }

    /// <summary>Says where two texts part, and what to do.</summary>
    internal static string Difference(string file, string[] approved, string[] received)
    {
        var at = 0;
        while (at < approved.Length && at < received.Length && string.Equals(approved[at], received[at], StringComparison.Ordinal))
        {
            at++;
        }

        return $"""
            {file} differs at line {at + 1}:
              approved: {(at < approved.Length ? approved[at] : "(the end)")}
              now:      {(at < received.Length ? received[at] : "(the end)")}
            If the change is meant, run the test once with {ApproveVariable}=1 and commit the file with it.
            """;
    }

    private static string Normalized(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
