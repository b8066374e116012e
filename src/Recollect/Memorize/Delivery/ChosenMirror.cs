namespace Recollect.Memorize.Delivery;

/// <summary>The mirror that configuration chose; none is a choice too.</summary>
/// <param name="Mirror">The mirror; null for none.</param>
internal sealed record ChosenMirror(IMirror? Mirror)
{
    /// <summary>Gets the choice of no mirror.</summary>
    public static ChosenMirror None { get; } = new((IMirror?)null);
}
