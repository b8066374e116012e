using System.Text;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Connectors.Webhook.Imported;

/// <summary>One object of a list that another program wrote, read tolerantly.</summary>
internal sealed class ImportedItem : IDisposable
{
    private readonly JsonDocument _document;

    /// <summary>Initializes a new instance of the <see cref="ImportedItem"/> class.</summary>
    /// <param name="raw">Valid JSON.</param>
    public ImportedItem(byte[] raw) => _document = JsonDocument.Parse(raw, ImportedList.Tolerant);

    /// <summary>Gets a text or a number as text; null where there is neither.</summary>
    public string? Text(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.String } value => WellFormedText.Of(JsonText.Of(value)),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    /// <summary>Gets a time, which is UTC where it has no zone; null where there is none.</summary>
    public DateTimeOffset? Time(string name)
    {
        var value = Value(name);
        DateTimeOffset moment = default;
        var wrong = value.ValueKind switch
        {
            JsonValueKind.String => Moment.Read(Encoding.UTF8.GetBytes(JsonText.Of(value).Trim()), out moment),
            JsonValueKind.Number when value.TryGetDecimal(out var number) => Moment.OfUnix(number, out moment),
            _ => "is no time",
        };
        return wrong is null ? moment : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private JsonElement Value(string name) =>
        _document.RootElement.ValueKind == JsonValueKind.Object && _document.RootElement.TryGetProperty(name, out var value) ? value : default;
}
