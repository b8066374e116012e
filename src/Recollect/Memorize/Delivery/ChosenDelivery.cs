namespace Recollect.Memorize.Delivery;

/// <summary>The delivery that configuration chose; none is a choice too.</summary>
/// <param name="Delivery">The delivery; null for none.</param>
internal sealed record ChosenDelivery(IDelivery? Delivery);
