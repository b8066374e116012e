using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Memorize.Generation.Llm;

namespace Recollect.Edits;

/// <summary>Edits facts in the free-form data of a writer, whatever its shape: as strings, and as objects whose <c>text</c> they are.</summary>
internal static class EditedData
{
    /// <summary>Puts a replacement in the place of texts, or removes them.</summary>
    /// <param name="data">A JSON object.</param>
    /// <param name="gone">What is not said any more.</param>
    /// <param name="replacement">What is said instead, once a list; null for nothing.</param>
    /// <returns>The same instance where nothing is said of it.</returns>
    public static string Of(string data, IReadOnlyCollection<string> gone, string? replacement)
    {
        try
        {
            return JsonNode.Parse(data) is JsonObject root && Edit(root) ? WellFormedJson.Print(root) : data;
        }
        catch (JsonException) // of a writer outside; a store keeps it as it is
        {
            return data;
        }

        bool Edit(JsonNode? node) => node switch
        {
            JsonObject fields => EditFields(fields),
            JsonArray list => EditList(list),
            _ => false,
        };

        bool EditFields(JsonObject fields)
        {
            var changed = false;
            foreach (var (name, value) in fields.ToArray())
            {
                if (IsGone(value))
                {
                    fields[name] = replacement ?? string.Empty;
                    changed = true;
                }
                else
                {
                    changed |= Edit(value);
                }
            }

            return changed;
        }

        bool EditList(JsonArray list)
        {
            var changed = false;
            var isSaid = replacement is null;
            for (var i = 0; i < list.Count; i++)
            {
                var said = list[i] as JsonObject is { } item ? item[CitedItem.Text] : list[i];
                if (!IsGone(said))
                {
                    changed |= Edit(list[i]);
                }
                else if (isSaid)
                {
                    list.RemoveAt(i--);
                    changed = true;
                }
                else
                {
                    (isSaid, changed) = (true, true);
                    if (list[i] is JsonObject kept)
                    {
                        kept[CitedItem.Text] = replacement;
                    }
                    else
                    {
                        list[i] = replacement;
                    }
                }
            }

            return changed;
        }

        bool IsGone(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var said)
            && !(replacement is not null && FactText.IsSame(said, replacement)) && gone.Any(one => FactText.IsSame(said, one));
    }
}
