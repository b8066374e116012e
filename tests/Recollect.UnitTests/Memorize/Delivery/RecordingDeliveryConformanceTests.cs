using Recollect.Conformance.Memorize.Delivery;
using Recollect.Memorize.Delivery;

namespace Recollect.UnitTests.Memorize.Delivery;

public sealed class RecordingDeliveryConformanceTests : DeliveryConformance
{
    private readonly RecordingDelivery _delivery = new();

    protected override IDelivery Delivery => _delivery;

    protected override IReadOnlyList<(string Key, string MemoryId)> Received => _delivery.Received;

    protected override void Refuse(bool refuses) => _delivery.Refuses = refuses;
}
