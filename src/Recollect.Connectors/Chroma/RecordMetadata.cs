namespace Recollect.Connectors.Chroma;

/// <summary>The keys of our own in the metadata of records. Each is at every record, so that no value of an earlier writing survives a later one.</summary>
internal static class RecordMetadata
{
    /// <summary>What tells our records from those of bots before.</summary>
    public const string Format = "recollect_format";

    /// <summary>The only value of <see cref="Format"/>.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The memory's id.</summary>
    public const string Id = "recollect_id";

    /// <summary>The position of the chunk, from 0. The first one's record tells of the whole memory.</summary>
    public const string Chunk = "recollect_chunk";

    /// <summary>How many chunks the memory has.</summary>
    public const string Chunks = "recollect_chunks";

    /// <summary>The position of the chunk's first message.</summary>
    public const string First = "recollect_first";

    /// <summary>The position of the chunk's last message.</summary>
    public const string Last = "recollect_last";

    /// <summary>The tenant.</summary>
    public const string Tenant = "recollect_tenant";

    /// <summary>The user.</summary>
    public const string User = "recollect_user";

    /// <summary>The source.</summary>
    public const string Source = "recollect_source";

    /// <summary>The id of the thread partition.</summary>
    public const string Thread = "recollect_thread";

    /// <summary>When the conversation started, in ticks.</summary>
    public const string Started = "recollect_started";

    /// <summary>When the conversation ended, in ticks.</summary>
    public const string Ended = "recollect_ended";

    /// <summary>The hash of its content.</summary>
    public const string Hash = "recollect_content_hash";

    /// <summary>When the source says that it changed, in ticks.</summary>
    public const string Updated = "recollect_updated";

    /// <summary>How it was made.</summary>
    public const string MadeBy = "recollect_made_by";

    /// <summary>How many messages are kept with their text.</summary>
    public const string Messages = "recollect_messages";
}
