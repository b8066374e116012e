namespace Recollect.Conformance.Servers;

/// <summary>What goes wrong with one request; null of everything: it is answered as it should be.</summary>
public sealed record EmbeddingAnswer
{
    /// <summary>Nothing is answered until the caller gives up.</summary>
    public static readonly EmbeddingAnswer Silence = new() { Status = -1 };

    /// <summary>The connection is cut before anything is answered.</summary>
    public static readonly EmbeddingAnswer Cut = new() { Status = 0 };

    /// <summary>The answer of a key without credit.</summary>
    public static readonly EmbeddingAnswer NoQuota = Error(429, "insufficient_quota", "insufficient_quota");

    /// <summary>Gets the status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gets the body; null: the vectors.</summary>
    public string? Body { get; init; }

    /// <summary>Gets the header <c>Retry-After</c>; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Gets the header <c>Location</c>; null for none.</summary>
    public string? Location { get; init; }

    /// <summary>Gets what is done to the body before it is sent.</summary>
    public Func<string, string> Change { get; init; } = static body => body;

    /// <summary>Gets what is done to the vectors, with their indexes, before they are written.</summary>
    public Func<IReadOnlyList<(int Index, float[] Vector)>, IEnumerable<(int Index, float[] Vector)>> Vectors { get; init; } = static vectors => vectors;

    /// <summary>Answers an error in the shape of the API.</summary>
    public static EmbeddingAnswer Error(int status, string type, string? code, string message = "It failed.") => new()
    {
        Status = status,
        Body = System.Text.Json.JsonSerializer.Serialize(new { error = new { message, type, param = (string?)null, code } }),
    };

    /// <summary>Answers that there are too many requests.</summary>
    public static EmbeddingAnswer TooMany(string? retryAfter = null) => Error(429, "requests", "rate_limit_exceeded") with { RetryAfter = retryAfter };
}
