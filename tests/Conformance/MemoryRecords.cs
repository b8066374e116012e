using System.Globalization;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;

namespace Recollect.Conformance;

/// <summary>Makes valid memories that depend on nothing but their arguments.</summary>
public static class MemoryRecords
{
    /// <summary>The dimension of the vectors that are made where none are given.</summary>
    public const int Dimensions = 8;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Makes a memory of plain messages.</summary>
    /// <param name="name">What the id, and where it is not given the vector, is made of.</param>
    /// <param name="owner">Whose it is; null: user <c>u1</c>.</param>
    /// <param name="texts">The messages' texts; null: two of them.</param>
    /// <param name="vectors">The chunks' vectors; null: one that the name decides.</param>
    /// <param name="source">The source.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="summary">The summary.</param>
    public static MemoryRecord Of(
        string name,
        Owner? owner = null,
        IReadOnlyList<string>? texts = null,
        IReadOnlyList<float[]>? vectors = null,
        string source = "files",
        string thread = "t1",
        string summary = "A talk.")
    {
        var messages = (texts ?? [$"Question {name}?", $"Answer {name}."]).Select((text, position) => new Message
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"m{position}"),
            Role = position % 2 == 0 ? Roles.User : Roles.Assistant,
            Text = text,
            SentAt = Start.AddMinutes(position),
            Position = position,
        }).ToArray();
        var chunks = (vectors ?? [Vector(name)]).Select((vector, index) => new EmbeddedChunk
        {
            Index = index,
            FirstMessage = Math.Min(index, messages.Length - 1),
            LastMessage = Math.Min(index, messages.Length - 1),
            Vector = vector,
        }).ToArray();
        return new()
        {
            Memory = new()
            {
                Id = IdOf(name),
                Thread = new() { Source = source, Owner = owner ?? new Owner { User = "u1" }, Thread = thread },
                StartedAt = messages[0].SentAt,
                EndedAt = messages[^1].SentAt,
                Summary = summary,
                Facts = [],
                Topics = [],
                Citations = [new() { MessageId = messages[0].Id }],
                MessageIds = [.. messages.Select(message => message.Id)],
                Fingerprint = new() { ContentHash = StableHash.Of(32, name), SourceUpdatedAt = messages[^1].SentAt, MadeBy = "extractive 1" },
            },
            Messages = messages,
            Chunks = chunks,
            Vector = chunks[0].Vector,
        };
    }

    /// <summary>Makes a memory in which every field is set, to what is hard to keep.</summary>
    /// <param name="name">What the id is made of.</param>
    public static MemoryRecord Rich(string name)
    {
        var odd = new DateTimeOffset(2026, 3, 29, 1, 59, 59, TimeSpan.Zero).AddTicks(1_234_567);
        Message[] messages =
        [
            new()
            {
                Id = "id 'with' \"quotes\" %_*", Role = "tool", Author = "Zoë 🦊", Text = "naïve ''quotes'' \"\" \r\n\t漢字 👩‍👩‍👧 \u202e", SentAt = odd,
                OrderKey = "9:1", Position = long.MaxValue, Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "", ["ключ"] = "\"значение\"\n" },
            },
            new() { Id = "2", Role = Roles.Assistant, Author = "", Text = "", SentAt = odd, OrderKey = "", Position = -1 },
        ];
        return new()
        {
            Memory = new()
            {
                Id = IdOf(name),
                Thread = new() { Source = "files", Owner = new() { Tenant = "Ténant", User = "o'Brien", Scope = "ministry" }, Thread = "%", Workspace = "", Session = "s\"1\"" },
                StartedAt = odd,
                EndedAt = odd,
                Title = "",
                Summary = "",
                Content = "verbatim\n",
                Facts = [
                    new() { Text = "", Kind = "date", Citations = [new() { MessageId = "2" }, new() { MessageId = messages[0].Id, Quote = "naïve" }] },
                    new() { Text = "null 'kind'", Citations = [new() { MessageId = "2", Quote = "" }] },
                ],
                Topics = ["", "tópic \"two\"", "a,b"],
                Data = """{"z":1,  "a":[null, 1.50]}""",
                Citations = [new() { MessageId = "2" }, new() { MessageId = messages[0].Id, Quote = "''quotes''" }],
                MessageIds = [.. messages.Select(message => message.Id)],
                Fingerprint = new() { ContentHash = "", SourceUpdatedAt = DateTimeOffset.MaxValue, MadeBy = "llm 'x' v2" },
            },
            Messages = messages,
            Chunks = [
                new() { Index = 0, FirstMessage = 0, LastMessage = 1, Vector = Vector(name + "0") },
                new() { Index = 1, FirstMessage = 1, LastMessage = 1, Vector = Vector(name + "1") },
            ],
            Vector = Vector(name + "mean"),
        };
    }

    /// <summary>Gets the id of the memory of a name.</summary>
    /// <param name="name">The name.</param>
    public static string IdOf(string name) => StableHash.Of(16, name);

    /// <summary>Gets a vector of unit length that the seed decides.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="dimensions">The dimension.</param>
    public static float[] Vector(string seed, int dimensions = Dimensions)
    {
        var random = new Random(int.Parse(StableHash.Of(3, seed), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return Unit([.. Enumerable.Range(0, dimensions).Select(_ => (float)((2 * random.NextDouble()) - 1))]);
    }

    /// <summary>Brings a vector to unit length.</summary>
    /// <param name="vector">A vector that is not zero.</param>
    public static float[] Unit(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => (float)(x / length))];
    }
}
