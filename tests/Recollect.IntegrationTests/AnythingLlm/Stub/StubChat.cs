using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recollect.IntegrationTests.AnythingLlm.Stub;

/// <summary>One chat in the stand-in's database.</summary>
internal sealed record StubChat
{
    public required long Id { get; init; }

    /// <summary>Gets when it was made, as the server writes it.</summary>
    public string CreatedAt { get; init; } = "2026-01-05T10:00:00.000Z";

    public JsonNode? WorkspaceId { get; init; } = 1;

    public string WorkspaceName { get; init; } = "Research";

    /// <summary>Gets the short name; null for a deleted workspace.</summary>
    public string? WorkspaceSlug { get; init; } = "research";

    public JsonNode? ThreadId { get; init; }

    public string? Session { get; init; }

    public string? User { get; init; } = "dana";

    public string? Prompt { get; init; } = "question";

    /// <summary>Gets the JSON that holds the answer.</summary>
    public string? Response { get; init; } = """{"text":"answer","sources":[],"type":"chat","metrics":{}}""";

    public bool Include { get; init; } = true;

    /// <summary>Gets what is sent instead of all this; null to send this.</summary>
    public string? Raw { get; init; }

    /// <summary>Gets the time of a moment as the server writes it.</summary>
    public static string Time(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Makes the JSON that holds an answer.</summary>
    public static string Answer(string? text) => new JsonObject { ["text"] = text, ["sources"] = new JsonArray(), ["type"] = "chat" }.ToJsonString(JsonSerializerOptions.Web);

    public string ToJson() => Raw ?? new JsonObject
    {
        ["id"] = Id,
        ["workspaceId"] = WorkspaceId?.DeepClone(),
        ["prompt"] = Prompt,
        ["response"] = Response,
        ["include"] = Include,
        ["user_id"] = User is null ? null : 1,
        ["thread_id"] = ThreadId?.DeepClone(),
        ["api_session_id"] = Session,
        ["createdAt"] = CreatedAt,
        ["lastUpdatedAt"] = CreatedAt,
        ["feedbackScore"] = null,
        ["memoryProcessed"] = null,
        ["workspace"] = new JsonObject { ["name"] = WorkspaceName, ["slug"] = WorkspaceSlug },
        ["user"] = new JsonObject { ["username"] = User },
    }.ToJsonString(JsonSerializerOptions.Web);
}
