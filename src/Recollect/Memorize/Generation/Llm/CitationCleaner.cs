using System.Text.Json.Nodes;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>
/// Lets nothing stand that no message bears out: ids that were not shown go, quotes that no cited message has go, and so does an item of a list
/// that cites no message any more. It looks at every object with <c>message_ids</c>, in any schema.
/// </summary>
/// <param name="conversation">The conversation.</param>
/// <param name="shown">The positions of the messages that the model saw.</param>
internal sealed class CitationCleaner(Conversation conversation, IReadOnlySet<int> shown)
{
    /// <summary>Gets how many statements and quotes were taken out.</summary>
    public int Removed { get; private set; }

    /// <summary>Cleans an object, and writes short ids in one way.</summary>
    public void Clean(JsonObject data)
    {
        if (data.TryGetPropertyValue(CitedItem.Ids, out var ids) && ids is JsonArray cited)
        {
            CleanCitation(data, cited);
        }

        foreach (var child in data.Select(property => property.Value))
        {
            CleanNode(child);
        }
    }

    /// <summary>Puts the ids of the messages in the place of their short ids.</summary>
    /// <param name="node">What was cleaned before.</param>
    /// <param name="messages">The messages of the conversation.</param>
    public static void Name(JsonNode? node, IReadOnlyList<Message> messages)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Name(item, messages);
            }
        }
        else if (node is JsonObject data)
        {
            foreach (var (name, child) in data.ToArray())
            {
                if (name is CitedItem.Ids && child is JsonArray cited)
                {
                    data[name] = new JsonArray([.. PositionsOf(cited).Select(position => JsonValue.Create(messages[position].Id))]);
                }
                else
                {
                    Name(child, messages);
                }
            }
        }
    }

    /// <summary>Gets the messages that a list of ids names; what is no id of one is left out.</summary>
    public static IEnumerable<int> PositionsOf(JsonArray ids) =>
        ids.Select(id => id is JsonValue value && value.TryGetValue<string>(out var text) ? ShortIds.PositionOf(text) : null).OfType<int>();

    private void CleanNode(JsonNode? node)
    {
        if (node is JsonObject data)
        {
            Clean(data);
        }
        else if (node is JsonArray array)
        {
            for (var i = array.Count - 1; i >= 0; i--)
            {
                CleanNode(array[i]);
                if (array[i] is JsonObject item && item[CitedItem.Ids] is JsonArray { Count: 0 })
                {
                    array.RemoveAt(i);
                    Removed++;
                }
            }
        }
    }

    private void CleanCitation(JsonObject item, JsonArray cited)
    {
        int[] positions = [.. PositionsOf(cited).Where(shown.Contains).Distinct().Order()];
        item[CitedItem.Ids] = new JsonArray([.. positions.Select(position => JsonValue.Create(ShortIds.Of(position)))]);
        if (item[CitedItem.Quote] is not { } quote)
        {
            return;
        }

        var isText = quote is JsonValue value && value.TryGetValue<string>(out var _);
        var words = isText ? quote.GetValue<string>() : string.Empty;
        if (string.IsNullOrWhiteSpace(words))
        {
            item[CitedItem.Quote] = null;
        }
        else if (!positions.Any(position => conversation.Messages[position].Text.Contains(words, StringComparison.Ordinal)))
        {
            item[CitedItem.Quote] = null;
            Removed += positions.Length > 0 ? 1 : 0; // else the statement goes whole
        }
    }
}
