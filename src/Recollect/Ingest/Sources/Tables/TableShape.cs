namespace Recollect.Ingest.Sources.Tables;

/// <summary>What is asked of the tables: their names and the columns that are needed, each once.</summary>
/// <param name="options">The names.</param>
internal sealed class TableShape(TableOptions options)
{
    /// <summary>Gets the names of the columns.</summary>
    public TableOptions Columns => options;

    /// <summary>Gets the rules for scopes.</summary>
    public IReadOnlyList<ScopeRule> Scopes { get; } = [.. options.Scopes.Select(ScopeRule.Read).OfType<ScopeRule>()];

    /// <summary>Gets the table of conversations.</summary>
    public TableName Conversations { get; } = TableName.Of(options.ConversationsTable);

    /// <summary>Gets the table of messages.</summary>
    public TableName Messages { get; } = TableName.Of(options.MessagesTable);

    /// <summary>Gets the columns of conversations that are read.</summary>
    public IReadOnlyList<string> OfConversations { get; } = Needed(
        [options.ConversationId, options.UserId, options.Title, options.UpdatedAt, options.TenantColumn, options.ScopeColumn, .. options.Scopes.Select(ScopeRule.Read).OfType<ScopeRule>().Select(rule => rule.Column)]);

    /// <summary>Gets the columns of messages that are read.</summary>
    public IReadOnlyList<string> OfMessages { get; } = Needed(
        [options.MessageId, options.MessageConversation, options.IsUser.Length > 0 ? options.IsUser : options.Role, options.Content, options.SentAt]);

    private static string[] Needed(IEnumerable<string> columns) => [.. columns.Where(column => column.Length > 0).Distinct(StringComparer.Ordinal)];
}
