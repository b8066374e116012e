namespace Recollect.Memorize.Delivery;

/// <summary>Where stored memories are sent on to.</summary>
public sealed class DeliveryOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Delivery";

    /// <summary>The name that stands for no delivery, and for no mirror.</summary>
    public const string None = "none";

    /// <summary>Gets or sets the name of the delivery. The default is <c>none</c>.</summary>
    public string Use { get; set; } = None;

    /// <summary>Gets or sets the name of the mirror: files for other programs, brought up to date after each run. The default is <c>none</c>.</summary>
    public string Mirror { get; set; } = None;
}
