using System.Globalization;
using Recollect.Conversations;

namespace Recollect.Benchmarks.Chats;

/// <summary>Generated messages in memory, as a source gives them.</summary>
internal sealed class ChatMessages
{
    private readonly SourceMessage[] _messages;

    public ChatMessages(ChatShape shape)
    {
        var threads = new Dictionary<int, SourceThread>();
        _messages = [.. new ChatGenerator(shape).Messages().Select((message, position) => Of(message, position, threads))];
    }

    public int Count => _messages.Length;

    public async IAsyncEnumerable<SourceMessage> ReadAsync()
    {
        await Task.CompletedTask;
        foreach (var message in _messages)
        {
            yield return message;
        }
    }

    private static SourceMessage Of(ChatMessage message, int position, Dictionary<int, SourceThread> threads)
    {
        if (!threads.TryGetValue(message.Thread, out var thread))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"thread{message.Thread}");
            threads.Add(message.Thread, thread = new() { Key = new() { Source = "bench", Owner = new() { User = ChatGenerator.UserOf(message.Owner) }, Thread = name } });
        }

        return new()
        {
            Thread = thread,
            Message = new()
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{position:x}"),
                Role = message.Position % 2 == 0 ? "user" : "assistant",
                Text = message.Text,
                SentAt = message.SentAt,
                Position = position,
            },
        };
    }
}
