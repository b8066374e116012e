namespace Recollect.Conversations;

/// <summary>One statement that a conversation supports.</summary>
public sealed record Fact
{
    /// <summary>Gets the statement.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what it is about, such as <c>statement</c>, <c>date</c>, <c>person</c> or <c>number</c>; null when the writer does not say.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets what it rests on; never empty.</summary>
    public required IReadOnlyList<Citation> Citations
    {
        get;
        init => field = value.Count > 0 ? value : throw new ArgumentException("A fact cites at least one message.", nameof(value));
    }
}
