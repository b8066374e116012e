using System.Globalization;
using System.Runtime.InteropServices;
using Recollect.Conversations;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Makes messages and threads of chats.</summary>
/// <param name="sourceName">The configured name of the source.</param>
/// <param name="options">Whose the chats are.</param>
internal sealed class ChatMessages(string sourceName, AnythingLlmOptions options)
{
    private const string DefaultThread = "default";

    private readonly Dictionary<Partition, SourceThread> _threads = [];

    /// <summary>Gets the thread of a chat; the same instance for all its chats.</summary>
    public SourceThread ThreadOf(ChatRow row)
    {
        var partition = new Partition(row.Workspace, row.Thread, row.User, row.Thread is null ? row.Session : null); // only the default thread is shared
        ref var thread = ref CollectionsMarshal.GetValueRefOrAddDefault(_threads, partition, out _);
        return thread ??= new()
        {
            Key = new()
            {
                Source = sourceName,
                Owner = new() { Tenant = options.Tenant, User = partition.User, Scope = options.Scope },
                Workspace = partition.Workspace,
                Thread = partition.Thread ?? DefaultThread,
                Session = partition.Session,
            },
        };
    }

    /// <summary>Gets the question and the answer, where they are not blank.</summary>
    public IEnumerable<SourceMessage> Of(ChatRow row)
    {
        var thread = ThreadOf(row);
        var metadata = MetadataOf(row);
        if (row.Prompt is not null)
        {
            yield return new() { Thread = thread, Message = MessageOf(row, "prompt", order: 0, Roles.User, row.Prompt, row.User, metadata) };
        }

        if (row.Response is not null)
        {
            yield return new() { Thread = thread, Message = MessageOf(row, "response", order: 1, Roles.Assistant, row.Response, author: null, metadata) };
        }
    }

    private static Message MessageOf(ChatRow row, string side, int order, string role, string text, string? author, Dictionary<string, string> metadata) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{row.Id}.{side}"),
        Role = role,
        Text = text,
        SentAt = row.CreatedAt,
        Author = author,
        OrderKey = string.Create(CultureInfo.InvariantCulture, $"{row.Id}:{order}"),
        Position = row.Id,
        Metadata = metadata,
    };

    private static Dictionary<string, string> MetadataOf(ChatRow row)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["chat_id"] = row.Id.ToString(CultureInfo.InvariantCulture),
            ["created_at"] = row.CreatedAtText,
        };
        if (row.WorkspaceName is not null)
        {
            metadata["workspace"] = row.WorkspaceName;
        }

        return metadata;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Partition(string Workspace, string? Thread, string User, string? Session);
}
