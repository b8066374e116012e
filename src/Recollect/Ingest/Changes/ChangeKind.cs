namespace Recollect.Ingest.Changes;

/// <summary>How a conversation stands to what is stored of it.</summary>
internal enum ChangeKind
{
    /// <summary>Nothing is stored.</summary>
    New,

    /// <summary>The stored memory was made of other content or in another way.</summary>
    Changed,

    /// <summary>The stored memory is right.</summary>
    Unchanged,
}
