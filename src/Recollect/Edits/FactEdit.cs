namespace Recollect.Edits;

/// <summary>What somebody wants done to a fact.</summary>
public sealed record FactEdit
{
    /// <summary>Gets the id of the memory.</summary>
    public required string MemoryId { get; init; }

    /// <summary>Gets what the fact says, to the letter.</summary>
    public required string Fact { get; init; }

    /// <summary>Gets what it is to say; null to delete it.</summary>
    public string? Replacement { get; init; }

    /// <summary>Gets the name of who wants it.</summary>
    public required string By { get; init; }
}
