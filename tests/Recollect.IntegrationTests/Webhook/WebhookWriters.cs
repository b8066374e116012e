using Microsoft.Extensions.Options;
using Recollect.Connectors.Webhook;

namespace Recollect.IntegrationTests.Webhook;

/// <summary>A webhook writer with what it holds.</summary>
internal sealed class WebhookWriters : IDisposable
{
    private readonly WebhookClient _client;
    private readonly WebhookGate _gate;

    public WebhookWriters(WebhookOptions options, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var chosen = Options.Create(options);
        (_client, _gate) = (new(chosen, clock), new(chosen, clock));
        Writer = new(_client, _gate, chosen, clock);
    }

    public WebhookWriter Writer { get; }

    public void Dispose()
    {
        _client.Dispose();
        _gate.Dispose();
    }
}
