using Microsoft.Extensions.Options;
using Recollect.Connectors.Webhook;
using Recollect.Connectors.Webhook.Imported;
using Recollect.Ingest.Segmentation;

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
        var nobody = new SentBefore(Options.Create(new DataOptions { Root = Path.Combine(Path.GetTempPath(), "recollect-no-such-folder") }), chosen, Options.Create(new SegmentationOptions()));
        Writer = new(_client, _gate, nobody, chosen, clock);
    }

    public WebhookWriter Writer { get; }

    public void Dispose()
    {
        _client.Dispose();
        _gate.Dispose();
    }
}
