namespace Recollect.Conversations;

/// <summary>What a memory was made from and how; equal fingerprints mean that making it again gives nothing new.</summary>
public sealed record Fingerprint
{
    /// <summary>What separates the parts of <see cref="MadeBy"/>, of which the writer's version is the first.</summary>
    internal const char PartSeparator = ';';

    /// <summary>The <see cref="MadeBy"/> of a memory that the ETL before wrote; its <see cref="ContentHash"/> is that program's, see <see cref="Conversation.EtlHash"/>.</summary>
    internal const string MadeByEtl = "memory-etl";

    /// <summary>What stands in <see cref="MadeBy"/> before the version of the edits by hand, behind everything else.</summary>
    internal const string EditsMark = ";edits-";

    /// <summary>Gets <see cref="Conversation.ContentHash"/> of the conversation.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Gets <see cref="Conversation.SourceUpdatedAt"/> of the conversation.</summary>
    public required DateTimeOffset SourceUpdatedAt { get; init; }

    /// <summary>Gets how it was made: writer, prompt version, model, schema, embedder, dimensions, chunking.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Gets how a memory is made apart from what people did to it by hand.</summary>
    /// <param name="madeBy">A <see cref="MadeBy"/>.</param>
    internal static string WithoutEdits(string madeBy) => madeBy.LastIndexOf(EditsMark, StringComparison.Ordinal) is >= 0 and var at ? madeBy[..at] : madeBy;
}
