using System.Text.Json.Nodes;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Makes a memory of an object that was checked and cleaned: by the names of fields, whatever the schema.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="schema">The schema of the object.</param>
internal sealed class MemoryReading(Conversation conversation, MemorySchema schema)
{
    private const int LongestRendering = 2_000;

    private static readonly (string Field, string Kind)[] FactFields = [("facts", "statement"), ("preferences", "preference"), ("open_questions", "question")];

    private static readonly string[] TopicFields = ["topics", "main_topics"];

    /// <summary>Reads the object; its short ids become the ids of the messages.</summary>
    /// <param name="data">The object; it is changed.</param>
    public WrittenMemory Read(JsonObject data)
    {
        var facts = FactFields.SelectMany(field => FactsOf(data[field.Field], field.Kind)).ToArray();
        int[] cited = [.. facts.SelectMany(fact => fact.Positions).Distinct().Order()];
        CitationCleaner.Name(data, conversation.Messages);
        return new()
        {
            Summary = SummaryOf(data),
            Topics = [.. TopicFields.SelectMany(field => TextsOf(data[field])).Distinct(StringComparer.Ordinal)],
            Facts = [.. facts.Select(fact => fact.Fact)],
            Data = WellFormedJson.Print(data),
            Citations = [.. (cited.Length > 0 ? cited : Enumerable.Range(0, conversation.Messages.Count)).Select(position => new Citation { MessageId = conversation.Messages[position].Id })],
        };
    }

    private IEnumerable<(Fact Fact, int[] Positions)> FactsOf(JsonNode? list, string kind)
    {
        foreach (var item in (list as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (TextOf(item[CitedItem.Text]) is { } text && item[CitedItem.Ids] is JsonArray ids && CitationCleaner.PositionsOf(ids).ToArray() is { Length: > 0 } positions)
            {
                var quote = TextOf(item[CitedItem.Quote]);
                yield return (new() { Text = text, Kind = kind, Citations = [.. positions.Select(position => CitationOf(position, quote))] }, positions);
            }
        }
    }

    private Citation CitationOf(int position, string? quote)
    {
        var message = conversation.Messages[position];
        return new() { MessageId = message.Id, Quote = quote is not null && message.Text.Contains(quote, StringComparison.Ordinal) ? quote : null };
    }

    /// <summary>Gets the field that the schema has for it; else the object as short lines, so that recall has something to read.</summary>
    private string SummaryOf(JsonObject data)
    {
        if (schema.SummaryField is { } field && TextOf(data[field]) is { } summary)
        {
            return summary;
        }

        var lines = string.Join('\n', Lines(data, string.Empty));
        return lines.Length <= LongestRendering ? lines : WellFormedText.Of(lines[..LongestRendering]);
    }

    private static IEnumerable<string> Lines(JsonNode? node, string name) => node switch
    {
        JsonObject data => data.SelectMany(property => Lines(property.Value, name.Length == 0 ? property.Key : $"{name} {property.Key}")),
        JsonArray array => array.SelectMany(item => Lines(item, name)),
        null => [],
        _ => [$"{name.Replace('_', ' ')}: {node}"],
    };

    private static IEnumerable<string> TextsOf(JsonNode? list) => (list as JsonArray)?.Select(TextOf).OfType<string>() ?? [];

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;
}
