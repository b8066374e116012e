namespace Recollect.Server.Http;

/// <summary>A request that cannot be answered as it is.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="detail">What is wrong and what to do, for the one who asked.</param>
internal class ProblemException(int status, string detail) : Exception(detail)
{
    /// <summary>Gets the status of HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>Gets the part that does not answer; null where it is none.</summary>
    public string? Part { get; init; }

    /// <summary>Gets a header that the answer has to carry; null for none.</summary>
    public KeyValuePair<string, string>? Header { get; init; }
}
