using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Memorize.Generation.Llm;

namespace Recollect.Edits;

/// <summary>Edits facts in the free-form data of a writer, whatever its shape: as strings, and as objects whose <c>text</c> they are.</summary>
internal sealed class EditedData
{
    private readonly IReadOnlyCollection<string> _gone;
    private readonly string? _replacement;
    private bool _hasChanged;

    private EditedData(IReadOnlyCollection<string> gone, string? replacement) => (_gone, _replacement) = (gone, replacement);

    /// <summary>Puts a replacement in the place of texts, or removes them.</summary>
    /// <param name="data">A JSON object.</param>
    /// <param name="gone">What is not said any more.</param>
    /// <param name="replacement">What is said instead, once a list; null for nothing.</param>
    /// <returns>The same instance where nothing is said of it.</returns>
    public static string Of(string data, IReadOnlyCollection<string> gone, string? replacement)
    {
        try
        {
            var edited = new EditedData(gone, replacement);
            var root = JsonNode.Parse(data) as JsonObject;
            edited.Edit(root);
            return edited._hasChanged ? WellFormedJson.Print(root!) : data;
        }
        catch (JsonException) // of a writer outside; a store keeps it as it is
        {
            return data;
        }
    }

    private void Edit(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            EditFields(fields);
        }
        else if (node is JsonArray list)
        {
            EditList(list);
        }
    }

    private void EditFields(JsonObject fields)
    {
        foreach (var (name, value) in fields.ToArray())
        {
            if (IsGone(value))
            {
                fields[name] = _replacement ?? string.Empty;
                _hasChanged = true;
            }
            else
            {
                Edit(value);
            }
        }
    }

    private void EditList(JsonArray list)
    {
        var isSaid = _replacement is null;
        for (var i = 0; i < list.Count; i++)
        {
            var item = list[i] as JsonObject;
            if (!IsGone(item is null ? list[i] : item[CitedItem.Text]))
            {
                Edit(list[i]);
                continue;
            }

            _hasChanged = true;
            if (isSaid)
            {
                list.RemoveAt(i--);
            }
            else if (item is null)
            {
                list[i] = _replacement;
            }
            else
            {
                item[CitedItem.Text] = _replacement;
            }

            isSaid = true;
        }
    }

    private bool IsGone(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var said)
        && !(_replacement is not null && FactText.IsSame(said, _replacement)) && _gone.Any(one => FactText.IsSame(said, one));
}
