using Recollect.Conformance;
using Recollect.Conformance.Memorize.Generation;
using Recollect.Conformance.Servers;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.Webhook;

public sealed class WebhookWriterConformanceTests : MemoryWriterConformance, IAsyncLifetime
{
    private readonly List<WebhookWriters> _writers = [];
    private WebhookReceiver? _receiver;

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _writers.ForEach(writer => writer.Dispose());
        await _receiver!.DisposeAsync();
    }

    protected override IMemoryWriter Create()
    {
        var writers = new WebhookWriters(new() { Url = _receiver!.Url }, new ManualTime(DateTimeOffset.UnixEpoch)); // it notes when the receiver answered
        _writers.Add(writers);
        return writers.Writer;
    }
}
