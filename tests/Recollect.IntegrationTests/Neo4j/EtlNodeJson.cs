using System.Globalization;
using System.Text.Json;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Neo4j.Stub;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Nodes and conversations as the ETL before had them.</summary>
internal static class EtlNodeJson
{
    public static readonly DateTimeOffset UpdatedAt = new(2025, 12, 14, 11, 22, 51, 123, TimeSpan.Zero);

    /// <summary>Makes a conversation as its source gives it.</summary>
    public static Conversation Talk(string id, string user = "1", string lastText = "Noted.")
    {
        Message[] messages =
        [
            Message("m1", Roles.User, "What is the budget of project Falcon?", 0),
            Message("m2", Roles.Assistant, "Four million.", 1),
            Message("m3", Roles.User, lastText, 2),
        ];
        return Conversation.Given(new() { Source = "supabase", Owner = new() { User = user }, Thread = id }, messages, UpdatedAt);
    }

    /// <summary>Makes the node that the ETL before wrote of a conversation.</summary>
    public static StubNode Node(Conversation conversation, float[]? vector = null, string? hash = null)
    {
        var updated = conversation.SourceUpdatedAt.ToUnixTimeSeconds();
        return StubNode.Of(JsonSerializer.Serialize(new
        {
            id = string.Create(CultureInfo.InvariantCulture, $"conversation_{conversation.Thread.Thread}_{updated}"),
            scope = "personal",
            content = string.Join('\n', conversation.Messages.Select(message => $"[{message.Role}]: {message.Text}")),
            embedding = vector ?? MemoryRecords.Vector(conversation.Thread.Thread),
            timestamp = "2025-12-14T11:22:51Z",
            source_session = conversation.Thread.Thread,
            source_updated_at_ts = updated,
            message_hash = hash ?? conversation.EtlHash,
            message_count = conversation.Messages.Count,
            user_id = conversation.Owner.User,
            tags = new[] { "project", "budget" },
            created_at = "2025-12-14T12:00:00Z",
            updated_at = "2025-12-14T12:00:00Z",
        }));
    }

    private static Message Message(string id, string role, string text, int position) => new()
    {
        Id = id,
        Role = role,
        Text = text,
        SentAt = UpdatedAt.AddMinutes(position - 10),
        Position = position,
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["created_at"] = string.Create(CultureInfo.InvariantCulture, $"2025-12-14T11:1{position}:00") },
    };
}
