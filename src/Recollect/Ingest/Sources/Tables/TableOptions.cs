using System.Diagnostics.CodeAnalysis;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>How the tables are called that hold conversations and their messages, and whose the conversations are. Every source of tables reads them alike.</summary>
/// <remarks>Names of columns are letters, digits and underscores; a table may have its schema before it (<c>chat.conversations</c>).</remarks>
public sealed class TableOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sources:Tables";

    /// <summary>Gets or sets the table or view of conversations.</summary>
    /// <value>The default is <c>conversations</c>.</value>
    public string ConversationsTable { get; set; } = "conversations";

    /// <summary>Gets or sets the unique id of a conversation, a number, UUID or text.</summary>
    /// <value>The default is <c>id</c>.</value>
    public string ConversationId { get; set; } = "id";

    /// <summary>Gets or sets the owner of a conversation; where it is null, the user is <c>default</c>.</summary>
    /// <value>The default is <c>user_id</c>; empty: the table has none.</value>
    public string UserId { get; set; } = "user_id";

    /// <summary>Gets or sets the title of a conversation.</summary>
    /// <value>The default is <c>title</c>; empty: the table has none.</value>
    public string Title { get; set; } = "title";

    /// <summary>Gets or sets when a conversation changed; every new message must set it. Without a zone it is UTC.</summary>
    /// <value>The default is <c>updated_at</c>.</value>
    public string UpdatedAt { get; set; } = "updated_at";

    /// <summary>Gets or sets the table or view of messages.</summary>
    /// <value>The default is <c>messages</c>.</value>
    public string MessagesTable { get; set; } = "messages";

    /// <summary>Gets or sets the id of a message, unique within its conversation.</summary>
    /// <value>The default is <c>id</c>.</value>
    public string MessageId { get; set; } = "id";

    /// <summary>Gets or sets the id of the conversation that a message belongs to.</summary>
    /// <value>The default is <c>conversation_id</c>.</value>
    public string MessageConversation { get; set; } = "conversation_id";

    /// <summary>Gets or sets who speaks, such as <c>user</c> and <c>assistant</c>.</summary>
    /// <value>The default is <c>role</c>. Not read where <see cref="IsUser"/> is set.</value>
    public string Role { get; set; } = "role";

    /// <summary>Gets or sets a column that is true for messages of the person and false for those of the bot.</summary>
    /// <value>Empty unless set.</value>
    public string IsUser { get; set; } = string.Empty;

    /// <summary>Gets or sets the text of a message; null is an empty text.</summary>
    /// <value>The default is <c>content</c>.</value>
    public string Content { get; set; } = "content";

    /// <summary>Gets or sets when a message was sent. Without a zone it is UTC.</summary>
    /// <value>The default is <c>created_at</c>.</value>
    public string SentAt { get; set; } = "created_at";

    /// <summary>Gets or sets the tenant of conversations that name none.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Tenant { get; set; } = Owner.DefaultTenant;

    /// <summary>Gets or sets the column of conversations that holds the tenant.</summary>
    /// <value>Empty unless set.</value>
    public string TenantColumn { get; set; } = string.Empty;

    /// <summary>Gets or sets the scope of conversations that no rule and no column gives one.</summary>
    /// <value>The default is <c>personal</c>.</value>
    public string Scope { get; set; } = Owner.PersonalScope;

    /// <summary>Gets or sets the column of conversations that holds the scope.</summary>
    /// <value>Empty unless set.</value>
    public string ScopeColumn { get; set; } = string.Empty;

    /// <summary>Gets or sets rules that give a scope to conversations by the value of a column; the first that fits goes before all else.</summary>
    /// <value>Each is <c>COLUMN=VALUE -> SCOPE</c>, such as <c>user_id=42 -> departmental</c>. Empty unless set.</value>
    [SuppressMessage("Usage", "CA2227", Justification = "Bound from configuration")]
    public IList<string> Scopes { get; set; } = [];

    /// <summary>Gets or sets how many conversations are read at once when everything is read; none beyond a batch is ever left out.</summary>
    /// <value>Between 1 and 1,000. The default is 200.</value>
    public int BatchSize { get; set; } = 200;

    /// <summary>Gets or sets how many conversations are read at once when what changed is read.</summary>
    /// <value>Between 1 and 1,000. The default is 100.</value>
    public int NightlyBatchSize { get; set; } = 100;
}
