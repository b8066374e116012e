namespace Recollect.IntegrationTests.Web;

/// <summary>Who looks at a page, and with what.</summary>
internal sealed record Visitor
{
    /// <summary>Gets the key to sign in with; null for nobody.</summary>
    public string? Key { get; init; }

    /// <summary>Gets a value indicating whether scripts run.</summary>
    public bool HasScript { get; init; } = true;

    /// <summary>Gets a value indicating whether the visitor likes it dark.</summary>
    public bool IsDark { get; init; }

    /// <summary>Gets how wide the window is, in pixels.</summary>
    public int Width { get; init; } = 1_100;

    /// <summary>Gets how high the window is, in pixels.</summary>
    public int Height { get; init; } = 700;

    /// <summary>Gets the zone of the visitor's clock.</summary>
    public string Zone { get; init; } = "UTC";
}
