namespace Recollect.Server.Mcp;

/// <summary>The revisions of the protocol, and where they differ for a server without sessions.</summary>
internal static class McpRevisions
{
    /// <summary>Gets the revisions that are spoken, oldest first.</summary>
    public static IReadOnlyList<string> All { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", Stateless];

    /// <summary>The first revision in which each request stands for itself: without <c>initialize</c>, and with headers that repeat the body.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>Tells whether each request stands for itself.</summary>
    public static bool IsStateless(string? version) => string.Equals(version, Stateless, StringComparison.Ordinal);

    /// <summary>Tells whether there are batches: up to 2025-03-26, which is meant where no version is named.</summary>
    public static bool HasBatches(string version) => version is "" or "2024-11-05" or "2025-03-26";
}
