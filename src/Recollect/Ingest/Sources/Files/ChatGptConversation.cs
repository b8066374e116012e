using System.Globalization;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Makes messages of one exported conversation: those of the branch that the person saw last.</summary>
/// <param name="filePlace">What people are told of the file.</param>
/// <param name="context">What belongs to the run.</param>
internal sealed class ChatGptConversation(string filePlace, ReadContext context)
{
    private readonly List<SourceMessage> _messages = [];
    private DateTimeOffset? _fallback;
    private DateTimeOffset? _previous;
    private string _conversation = string.Empty;

    /// <summary>Reads the conversation.</summary>
    /// <param name="root">The conversation.</param>
    /// <param name="number">What people are told of it as long as its id is not known.</param>
    public IReadOnlyList<SourceMessage> Read(JsonElement root, string number)
    {
        var reason = "is not an object";
        if (root.ValueKind == JsonValueKind.Object)
        {
            var id = Text(root, "conversation_id") ?? Text(root, "id");
            reason = id is null ? "has no id" : "has no mapping";
            if (id is not null && root.TryGetProperty("mapping", out var mapping) && mapping.ValueKind == JsonValueKind.Object)
            {
                _conversation = WellFormedText.Of(id);
                ReadBranch(root, mapping, id);
                return _messages;
            }
        }

        context.Skip($"{filePlace}: {number}", reason);
        return [];
    }

    private static string? Text(JsonElement element, string name)
    {
        var text = !element.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? JsonText.Of(value)
            : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : null;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Reads a time; null when there is none, a reason when it cannot be one.</summary>
    private static string? Time(JsonElement element, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        DateTimeOffset moment = default;
        var reason = value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? Moment.OfUnix(number, out moment)
            : value.ValueKind == JsonValueKind.String ? Moment.Read(System.Text.Encoding.UTF8.GetBytes(JsonText.Of(value)), out moment)
            : "is not a time";
        time = reason is null ? moment : null;
        return reason is null ? null : $"{name} {reason}";
    }

    private void ReadBranch(JsonElement root, JsonElement mapping, string id)
    {
        Time(root, "create_time", out var createdAt);
        Time(root, "update_time", out var updatedAt);
        _fallback = createdAt ?? updatedAt;
        var thread = new SourceThread
        {
            Key = new ThreadKey { Source = context.SourceName, Owner = context.Owner, Thread = id },
            IsConversation = true,
            UpdatedAt = updatedAt,
            Title = Text(root, "title") is { } title ? WellFormedText.Of(title) : null,
        };
        var branch = new ChatGptBranch(mapping);
        foreach (var (index, (nodeId, node)) in branch.Follow(Text(root, "current_node"), Skip).Index())
        {
            if (ReadNode(nodeId, node, thread, index) is { } reason)
            {
                Skip(nodeId, reason);
            }
        }
    }

    private void Skip(string node, string reason) => context.Skip($"{filePlace}: conversation {_conversation}, node {WellFormedText.Of(node)}", reason);

    /// <summary>Reads a node's message, if it has one that counts; gives a reason when it is broken.</summary>
    private string? ReadNode(string nodeId, JsonElement node, SourceThread thread, int index)
    {
        if (!node.TryGetProperty("message", out var message) || message.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return "message is not an object";
        }

        var reason = ChatGptText.Read(message, out var text);
        if (reason is not null || text.Length == 0)
        {
            return reason;
        }

        var author = message.TryGetProperty("author", out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
        if (author.ValueKind == JsonValueKind.Undefined || Text(author, "role") is not { } role)
        {
            return "has no author with a role";
        }

        DateTimeOffset sentAt = default;
        reason = Time(message, "create_time", out var time) ?? Order(time ?? _previous ?? _fallback, out sentAt);
        if (reason is null)
        {
            _messages.Add(new SourceMessage
            {
                Thread = thread,
                Message = new Message
                {
                    Id = Text(message, "id") ?? nodeId,
                    Role = role,
                    Author = Text(author, "name"),
                    Text = text,
                    SentAt = sentAt,
                    OrderKey = index.ToString("D6", CultureInfo.InvariantCulture),
                    Position = context.NextPosition(),
                },
            });
        }

        return reason;
    }

    /// <summary>Keeps times in the order of the branch, which is what the person saw, whatever clock wrote them.</summary>
    private string? Order(DateTimeOffset? time, out DateTimeOffset sentAt)
    {
        sentAt = time < _previous ? _previous.Value : time.GetValueOrDefault();
        if (time is null || context.IsInFuture(sentAt))
        {
            return time is null ? "has no create_time" : "create_time lies in the future";
        }

        _previous = sentAt;
        return null;
    }
}
