using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Makes threads and messages of rows.</summary>
/// <param name="shape">The columns.</param>
/// <param name="sourceName">The configured name of the source.</param>
/// <param name="time">Tells which messages lie in the future.</param>
internal sealed class TableMapping(TableShape shape, string sourceName, TimeProvider time)
{
    private const string UnknownRole = "unknown";

    private readonly TableOptions _columns = shape.Columns;

    /// <summary>Reads a conversation; null where it has no id.</summary>
    public ConversationRow? Conversation(JsonElement row)
    {
        if (TableFields.FilledText(row, _columns.ConversationId) is not { } id)
        {
            return null;
        }

        var updatedAt = TableFields.Text(row, _columns.UpdatedAt);
        var thread = new SourceThread
        {
            Key = new() { Source = sourceName, Owner = OwnerOf(row), Thread = id },
            IsConversation = true,
            UpdatedAt = TableFields.Time(updatedAt, out var moment) is null ? moment : null,
            Title = TableFields.FilledText(row, _columns.Title),
        };
        return new(id, updatedAt, thread);
    }

    /// <summary>Gets the id of the conversation that a message belongs to.</summary>
    public string? ConversationOf(JsonElement row) => TableFields.Text(row, _columns.MessageConversation);

    /// <summary>Reads a message.</summary>
    /// <param name="row">The row.</param>
    /// <param name="thread">The thread of its conversation.</param>
    /// <param name="unreadable">What is wrong with it; null when nothing is.</param>
    /// <returns>Null when it cannot be read.</returns>
    public SourceMessage? Message(JsonElement row, SourceThread thread, out UnreadableItem? unreadable)
    {
        var id = TableFields.FilledText(row, _columns.MessageId);
        var sent = TableFields.Text(row, _columns.SentAt);
        var wrong = TableFields.Time(sent, out var moment);
        wrong ??= TableFields.IsAhead(moment, time.GetUtcNow()) ? "lies more than a day in the future" : null;
        unreadable = id is null ? new(shape.Messages.ToString(), $"{_columns.MessageId} is missing")
            : wrong is not null ? new($"{shape.Messages}:{id}", $"{_columns.SentAt} {wrong}")
            : null;
        return unreadable is not null ? null : new()
        {
            Thread = thread,
            Message = new()
            {
                Id = id!,
                Role = RoleOf(row),
                Text = TableFields.Text(row, _columns.Content) ?? string.Empty, // a message without text still counts
                SentAt = moment,
                OrderKey = id,
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["created_at"] = sent! },
            },
        };
    }

    private string RoleOf(JsonElement row) => _columns.IsUser.Length == 0
        ? TableFields.FilledText(row, _columns.Role) ?? UnknownRole
        : TableFields.Flag(row, _columns.IsUser) switch { true => Roles.User, false => Roles.Assistant, null => UnknownRole };

    private Owner OwnerOf(JsonElement row) => new()
    {
        Tenant = TableFields.FilledText(row, _columns.TenantColumn) ?? _columns.Tenant,
        User = TableFields.FilledText(row, _columns.UserId) ?? Owner.DefaultUser,
        Scope = shape.Scopes.FirstOrDefault(rule => string.Equals(TableFields.Text(row, rule.Column), rule.Value, StringComparison.Ordinal))?.Scope
            ?? TableFields.FilledText(row, _columns.ScopeColumn)
            ?? _columns.Scope,
    };
}
