namespace Recollect.Connectors.Webhook.Files;

/// <summary>The names that programs expect, of files and of the lists in them.</summary>
internal static class FileNames
{
    /// <summary>The file of the memories.</summary>
    public const string Memories = "conversation_memories.json";

    /// <summary>The list in the file of the memories.</summary>
    public const string MemoryList = "memories";

    /// <summary>The file that says which conversations were sent.</summary>
    public const string Processed = "processed_conversations.json";

    /// <summary>The list in the file that says which conversations were sent.</summary>
    public const string ProcessedList = "processed";
}
