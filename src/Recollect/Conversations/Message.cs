namespace Recollect.Conversations;

/// <summary>One message of a thread.</summary>
public sealed record Message
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the id, unique within its thread and printed verbatim by recall.</summary>
    public required string Id { get; init => field = WellFormedText.Of(value); }

    /// <summary>Gets who speaks: <see cref="Roles.User"/>, <see cref="Roles.Assistant"/> or a role of the source's own.</summary>
    public required string Role { get; init => field = WellFormedText.Of(value); }

    /// <summary>Gets the text; NUL and lone surrogates are replaced by U+FFFD. May be empty.</summary>
    public required string Text { get; init => field = WellFormedText.Of(value); }

    /// <summary>Gets when it was sent, in UTC.</summary>
    public required DateTimeOffset SentAt { get; init => field = value.ToUniversalTime(); }

    /// <summary>Gets the display name of the author; null when the source has none.</summary>
    public string? Author { get; init => field = value is null ? null : WellFormedText.Of(value); }

    /// <summary>Gets the source's own order among messages of one instant; digits count as numbers. Null when it has none.</summary>
    public string? OrderKey { get; init => field = value is null ? null : WellFormedText.Of(value); }

    /// <summary>Gets the position in the source (line or row), the last tie-break of the order.</summary>
    public long Position { get; init; }

    /// <summary>Gets fields of the source that Recollect does not interpret. Empty unless given.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = WellFormedText.Of(value); } = NoMetadata;
}
