using System.Text.Json;

namespace Recollect.Conformance.Servers;

/// <summary>What is answered to one request; null of everything: what the model says.</summary>
public sealed record ChatAnswer
{
    /// <summary>Nothing is answered until the caller gives up.</summary>
    public static readonly ChatAnswer Silence = new() { Status = -1 };

    /// <summary>The connection is cut before anything is answered.</summary>
    public static readonly ChatAnswer Cut = new() { Status = 0 };

    /// <summary>The answer of a key without credit.</summary>
    public static readonly ChatAnswer NoQuota = Error(429, "insufficient_quota", "insufficient_quota");

    /// <summary>A request that is longer than the context window.</summary>
    public static readonly ChatAnswer TooLong = Error(400, "invalid_request_error", "context_length_exceeded");

    /// <summary>The model refuses.</summary>
    public static readonly ChatAnswer Refused = new() { Refusal = "I cannot help with that." };

    /// <summary>The reply ends at the most tokens.</summary>
    public static readonly ChatAnswer CutShort = new() { Text = "{\"summary\":\"This goes on and", Finish = "length" };

    /// <summary>Gets the status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gets the body; null: a completion.</summary>
    public string? Body { get; init; }

    /// <summary>Gets the header <c>Retry-After</c>; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Gets the header <c>Location</c>; null for none.</summary>
    public string? Location { get; init; }

    /// <summary>Gets what the model says; null: what <see cref="ScriptedModel"/> makes of the request.</summary>
    public string? Text { get; init; }

    /// <summary>Gets why the model stopped.</summary>
    public string Finish { get; init; } = "stop";

    /// <summary>Gets how the model refuses; null: it does not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Gets what is done to the body before it is sent.</summary>
    public Func<string, string> Change { get; init; } = static body => body;

    /// <summary>Answers what a model says.</summary>
    public static ChatAnswer Says(string text) => new() { Text = text };

    /// <summary>Answers an error in the shape of the API.</summary>
    public static ChatAnswer Error(int status, string type, string? code, string message = "It failed.", string? field = null) => new()
    {
        Status = status,
        Body = JsonSerializer.Serialize(new { type = "error", error = new { message, type, param = field, code } }),
    };

    /// <summary>Answers that there are too many requests.</summary>
    public static ChatAnswer TooMany(string? retryAfter = null) => Error(429, "requests", "rate_limit_exceeded") with { RetryAfter = retryAfter };
}
