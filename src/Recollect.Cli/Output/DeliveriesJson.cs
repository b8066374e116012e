namespace Recollect.Cli.Output;

/// <summary>The deliveries of a run.</summary>
internal sealed record DeliveriesJson(long Sent, long Failed);
