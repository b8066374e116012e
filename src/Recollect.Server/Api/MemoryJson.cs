using System.ComponentModel;
using System.Text.Json.Serialization;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Api;

/// <summary>A memory with all that is kept of it but vectors, and messages that it does not cite.</summary>
internal sealed record MemoryJson
{
    public required string Id { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required string Scope { get; init; }

    public required string ConversationId { get; init; }

    public required string Source { get; init; }

    public required string? Workspace { get; init; }

    public required string Thread { get; init; }

    public required string? Title { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required string Summary { get; init; }

    public required string? Content { get; init; }

    public required IReadOnlyList<FactJson> Facts { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    [Description("What else the writer gave, a JSON object; null for nothing.")]
    [JsonConverter(typeof(WrittenJsonConverter))]
    public required string? Data { get; init; }

    public required IReadOnlyList<CitedMessageJson> Citations { get; init; }

    [Description("All messages of the conversation, in order.")]
    public required IReadOnlyList<string> MessageIds { get; init; }

    [Description("What it was made from: a hash of the conversation's messages.")]
    public required string ContentHash { get; init; }

    public required DateTimeOffset SourceUpdatedAt { get; init; }

    [Description("How it was made: writer, prompt, model, schema, embedder and dimensions.")]
    public required string MadeBy { get; init; }

    public static MemoryJson From(MemoryRecord record)
    {
        var memory = record.Memory;
        var kept = record.Messages.DistinctBy(message => message.Id, StringComparer.Ordinal).ToDictionary(message => message.Id, StringComparer.Ordinal);
        CitedMessageJson[] Cited(IEnumerable<Citation> citations) => [.. citations.Select(citation => CitedMessageJson.From(citation, kept))];
        return new()
        {
            Id = memory.Id,
            TenantId = memory.Owner.Tenant,
            UserId = memory.Owner.User,
            Scope = memory.Owner.Scope,
            ConversationId = memory.Id,
            Source = memory.Thread.Source,
            Workspace = memory.Thread.Workspace,
            Thread = memory.Thread.Thread,
            Title = memory.Title,
            StartedAt = memory.StartedAt,
            EndedAt = memory.EndedAt,
            Summary = memory.Summary,
            Content = memory.Content,
            Facts = [.. memory.Facts.Select(fact => new FactJson(fact.Text, fact.Kind, Cited(fact.Citations)))],
            Topics = memory.Topics,
            Data = memory.Data,
            Citations = Cited(memory.Citations),
            MessageIds = memory.MessageIds,
            ContentHash = memory.Fingerprint.ContentHash,
            SourceUpdatedAt = memory.Fingerprint.SourceUpdatedAt,
            MadeBy = memory.Fingerprint.MadeBy,
        };
    }
}
