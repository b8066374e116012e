namespace Recollect.Server.Api;

/// <summary>The deliveries of a run.</summary>
internal sealed record DeliveriesJson(long Sent, long Failed);
