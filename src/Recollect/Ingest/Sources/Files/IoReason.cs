namespace Recollect.Ingest.Sources.Files;

/// <summary>Says in plain words why a file or folder cannot be read.</summary>
internal static class IoReason
{
    /// <summary>Tells whether an error is about the file and not about us.</summary>
    /// <param name="error">The error.</param>
    public static bool Covers(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>Says why.</summary>
    /// <param name="error">The error.</param>
    public static string Of(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "may not be read: give this user the right to read it",
        _ => $"cannot be read: {error.Message}",
    };
}
