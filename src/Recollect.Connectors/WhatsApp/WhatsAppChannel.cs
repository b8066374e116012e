using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Recollect.Bots;

namespace Recollect.Connectors.WhatsApp;

/// <summary>WhatsApp through GREEN-API: notifications are polled one by one and deleted when they are done with.</summary>
/// <remarks>Wire: docs/connectors/whatsapp.md.</remarks>
internal sealed class WhatsAppChannel(IOptions<WhatsAppOptions> options, TimeProvider time) : IChatChannel, IDisposable
{
    /// <summary>The name on the command line.</summary>
    public const string ChannelName = "whatsapp";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30); // beyond the wait that the server was asked for

    private readonly WhatsAppOptions _options = options.Value;
    private readonly GreenApi _api = new(options.Value, time);

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <inheritdoc/>
    public async ValueTask<ChannelNotice?> ReceiveAsync(CancellationToken cancellationToken)
    {
        const string Call = "receiveNotification";
        var wait = string.Create(CultureInfo.InvariantCulture, $"?receiveTimeout={_options.ReceiveTimeout.TotalSeconds:0}");
        return await _api.CallAsync(HttpMethod.Get, Call, wait, body: null, _options.ReceiveTimeout + Grace, cancellationToken) is { } answer
            ? NotificationReader.Read(answer) ?? throw _api.Failures.OfShape(Call, "it has no receiptId")
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(string chat, string text, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["chatId"] = chat, ["message"] = Cut(text) };
        await _api.CallAsync(HttpMethod.Post, "sendMessage", string.Empty, body, _options.Timeout, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AcknowledgeAsync(ChannelNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        await _api.CallAsync(HttpMethod.Delete, "deleteNotification", $"/{notice.Receipt}", body: null, _options.Timeout, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var settings = await _api.CallAsync(HttpMethod.Get, "getSettings", string.Empty, body: null, _options.Timeout, cancellationToken);
        var incoming = Setting(settings, "incomingWebhook");
        return Setting(settings, "webhookUrl").Length > 0
            ? new(Healthy: false, $"{_api.Failures.Server} sends notifications to a webhook, so that none can be polled", "Empty webhookUrl in the settings of the instance.")
            : !string.Equals(incoming, "yes", StringComparison.Ordinal)
                ? new(Healthy: false, $"{_api.Failures.Server} keeps no notifications of incoming messages", "Set incomingWebhook to yes in the settings of the instance.")
                : new(Healthy: true, $"{_api.Failures.Server} accepts the token and keeps notifications");
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private static string Setting(JsonElement? settings, string name) =>
        settings is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : string.Empty;

    private string Cut(string text)
    {
        if (text.Length <= _options.MaxCharacters)
        {
            return text;
        }

        var length = 0; // never within what is seen as one character
        while (length + StringInfo.GetNextTextElementLength(text.AsSpan(length)) is var next && next < _options.MaxCharacters)
        {
            length = next;
        }

        return $"{text.AsSpan(0, length)}…";
    }
}
