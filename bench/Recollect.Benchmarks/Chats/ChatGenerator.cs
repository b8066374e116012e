using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recollect.Benchmarks.Chats;

/// <summary>Generates chats as JSON Lines: many users, threads that run at the same time, about 120 characters a message. The same every time.</summary>
internal sealed class ChatGenerator
{
    private const int Seed = 20_261_120;
    private const int ConversationsOfAThread = 10;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["Dana", "Amir", "Lucia", "Tom", "Noa", "Felix", "Maria", "Yusuf", "Ines", "Paul"];
    private static readonly string[] FunctionWords = ["the", "and", "I", "to", "of", "is", "you", "in", "that", "for", "it", "was"];

    private readonly ChatShape _shape;
    private readonly Random _random = new(Seed);
    private readonly StringBuilder _text = new();

    public ChatGenerator(ChatShape shape)
    {
        _shape = shape;
        Vocabulary = new(_random);
    }

    public Vocabulary Vocabulary { get; }

    public static string UserOf(int owner) => string.Create(CultureInfo.InvariantCulture, $"user{owner}");

    /// <summary>Writes the file, in the order in which the messages were sent.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path, 1 << 20);
        using var json = new Utf8JsonWriter(file);
        foreach (var message in Messages())
        {
            Write(json, message);
            json.Flush();
            json.Reset();
            file.WriteByte((byte)'\n');
        }
    }

    /// <summary>Writes one message that continues no conversation.</summary>
    public static void Append(string path)
    {
        var last = Start + TimeSpan.FromDays(900);
        using var file = new FileStream(path, FileMode.Append);
        using var json = new Utf8JsonWriter(file);
        Write(json, new(0, 0, 0, last, "One more thing: the new {0} is on the shelf."));
        json.Flush();
        file.WriteByte((byte)'\n');
    }

    /// <summary>Gets questions of frequent and of rare words, and such as people ask.</summary>
    public IEnumerable<string> Questions(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return (i % 5) switch
            {
                0 => Vocabulary[_random.Next(20)],
                1 => $"{Vocabulary[_random.Next(50)]} {Vocabulary[_random.Next(200)]}",
                2 => $"{Vocabulary[2_000 + _random.Next(20_000)]}",
                3 => $"What did we say about {Vocabulary.Word(_random)} and {Vocabulary.Word(_random)} {Vocabulary.Word(_random)}?",
                _ => string.Format(CultureInfo.InvariantCulture, Vocabulary.Sentences[_random.Next(Vocabulary.Sentences.Count)], Vocabulary.Word(_random)),
            };
        }
    }

    /// <summary>Generates the messages in the order in which they were sent.</summary>
    public IEnumerable<ChatMessage> Messages()
    {
        var threads = Math.Max(_shape.Owners, _shape.Conversations / ConversationsOfAThread);
        var next = new PriorityQueue<(int Thread, int Conversation, int Message, int Length), (DateTimeOffset, int)>();
        for (var thread = 0; thread < threads; thread++)
        {
            next.Enqueue((thread, thread, 0, LengthOf(thread)), (Start + TimeSpan.FromMinutes(_random.Next(60 * 24 * 30)), thread));
        }

        while (next.TryDequeue(out var at, out var when))
        {
            yield return new(at.Thread % _shape.Owners, at.Thread, at.Message, when.Item1, Text());
            var isLast = at.Message + 1 == at.Length;
            var conversation = isLast ? at.Conversation + threads : at.Conversation;
            if (conversation < _shape.Conversations)
            {
                var pause = isLast ? TimeSpan.FromMinutes(_random.Next(180, 60 * 24 * 20)) : TimeSpan.FromSeconds(_random.Next(5, 900));
                next.Enqueue((at.Thread, conversation, isLast ? 0 : at.Message + 1, isLast ? LengthOf(conversation) : at.Length), (when.Item1 + pause, at.Thread));
            }
        }
    }

    private int LengthOf(int conversation) =>
        (int)(((conversation + 1L) * _shape.Messages / _shape.Conversations) - ((long)conversation * _shape.Messages / _shape.Conversations));

    private string Text()
    {
        _text.Clear();
        var length = _random.Next(30, 190);
        while (_text.Length < length)
        {
            _text.Append(_text.Length > 0 ? " " : "");
            if (_random.Next(4) == 0)
            {
                _text.AppendFormat(CultureInfo.InvariantCulture, Vocabulary.Sentences[_random.Next(Vocabulary.Sentences.Count)], Vocabulary.Word(_random));
            }
            else
            {
                AppendSentence(_random.Next(3, 12));
            }
        }

        return _text.ToString();
    }

    private void AppendSentence(int words)
    {
        for (var i = 0; i < words; i++)
        {
            _text.Append(i > 0 ? " " : "").Append(_random.Next(3) == 0 ? FunctionWords[_random.Next(FunctionWords.Length)] : Vocabulary.Word(_random));
        }

        _text.Append('.');
    }

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        var isUser = message.Position % 2 == 0;
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{message.SentAt.ToUnixTimeMilliseconds():x}-{message.Position}"));
        json.WriteString("thread", string.Create(CultureInfo.InvariantCulture, $"thread{message.Thread}"));
        json.WriteString("user", UserOf(message.Owner));
        json.WriteString("role", isUser ? "user" : "assistant");
        json.WriteString("name", isUser ? Names[message.Owner % Names.Length] : "Bot");
        json.WriteString("text", message.Text);
        json.WriteString("sent_at", message.SentAt);
        json.WriteEndObject();
    }
}
