using System.Globalization;
using System.Text.Json;
using Recollect.Conformance;
using Recollect.Connectors.Webhook;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Webhook;

/// <summary>Makes conversations, what the program before kept of them, and what is stored of them.</summary>
internal sealed record Talk
{
    public static readonly DateTimeOffset Ten = new(2025, 4, 19, 10, 0, 0, TimeSpan.Zero);

    public string Workspace { get; init; } = "3";

    public string Thread { get; init; } = "18";

    public string User { get; init; } = "admin";

    public DateTimeOffset Start { get; init; } = Ten;

    /// <summary>Gets the texts, question and answer in turn, two a minute.</summary>
    public IReadOnlyList<string> Texts { get; init; } = ["Which clamp?", "The left one."];

    public string Summary { get; init; } = "About clamps.";

    public Conversation Conversation => Conversation.FromRun(
        new() { Source = MirrorPlace.Source, Owner = new() { User = User }, Workspace = Workspace, Thread = Thread },
        [.. Texts.Select((text, position) => new Message
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Start.ToUnixTimeMilliseconds()}.{position}"), Role = position % 2 == 0 ? Roles.User : Roles.Assistant, Text = text, Position = position, SentAt = Start.AddMinutes(position / 2),
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["workspace"] = "Folder 1/2/3" },
        })]);

    public string Text => WebhookPayload.Text(Conversation.Messages);

    /// <summary>Gets the id that the program before gave it.</summary>
    public string OldId => $"{Workspace}_{Thread}_{Start.UtcDateTime:yyyyMMddHHmmss}";

    /// <summary>The entry of the memories that the program before wrote.</summary>
    public string Record(string? text = null) => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["conversation"] = text ?? Text,
        ["workspaceID"] = Workspace,
        ["threadID"] = Thread,
        ["user"] = User,
        ["createdAt"] = WebhookPayload.Time(Start),
        ["workspace"] = "Folder 1/2/3",
        ["summary"] = Summary,
        ["memoryStatus"] = "true",
    });

    /// <summary>The entry of what was processed that the program before wrote.</summary>
    public string Note(string? id = null, string processed = "2025-05-01T09:00:12") =>
        $$"""{"workspaceId": "{{Workspace}}", "thread_id": "{{Thread}}", "processedTime": "{{processed}}", "conversationId": "{{id ?? OldId}}"}""";

    /// <summary>The entry of what was processed in its oldest form.</summary>
    public string OldestNote(string until) =>
        $$"""{"workspaceId": "{{Workspace}}", "thread_id": "{{Thread}}", "lastProcessedAt": "{{until}}", "lastUserAIPair": "User: words of {{User}}", "lastChunkConversation": "User: words of {{User}}"}""";

    /// <summary>What is stored of it.</summary>
    public MemoryRecord Stored(WrittenMemory? written = null, string? data = null, bool keepsText = true, string? id = null)
    {
        var conversation = Conversation;
        var vector = MemoryRecords.Vector(conversation.Id);
        return new()
        {
            Memory = new()
            {
                Id = id ?? conversation.Id,
                Thread = conversation.Thread,
                StartedAt = conversation.StartedAt,
                EndedAt = conversation.EndedAt,
                Summary = written?.Summary ?? Summary,
                Data = written?.Data ?? data,
                Facts = [],
                Topics = [],
                Citations = [new() { MessageId = conversation.Messages[0].Id }],
                MessageIds = [.. conversation.Messages.Select(message => message.Id)],
                Fingerprint = new() { ContentHash = conversation.ContentHash, SourceUpdatedAt = conversation.EndedAt, MadeBy = "webhook/1" },
            },
            Messages = keepsText ? conversation.Messages : [],
            Chunks = [new() { Index = 0, FirstMessage = 0, LastMessage = 0, Vector = vector }],
            Vector = vector,
        };
    }
}
