namespace Recollect.UnitTests.Architecture;

/// <summary>The folders of the library and who may use whom.</summary>
internal static class LibraryFolders
{
    public const string Project = "src/Recollect";

    /// <summary>The nouns that everything is said in, the root namespace among them, and what everything is observed with.</summary>
    public static readonly IReadOnlyList<string> Shared = ["", "Conversations", "Text", "Telemetry"];

    /// <summary>Every dependency that is not on a shared folder.</summary>
    public static readonly IReadOnlyList<AllowedEdge> Allowed =
    [
        new("", AllowedEdge.Anything, "The pipeline and the registration are the places that know all stages."),
        new("Runs", AllowedEdge.Anything, "A run executes the stages and reports what they cost."),
        new("Work", AllowedEdge.Anything, "Work from a queue is runs over the conversations that its messages name."),
        new("Recall", AllowedEdge.Anything, "Recall asks embedder and stores; it is no stage of a run."),
        new("Chat", AllowedEdge.Anything, "A chat client with memory asks recall and starts runs; no stage knows it."),
        new("Registration", AllowedEdge.Anything, "Registration names implementations."),
        new("Erasure", AllowedEdge.Anything, "A user is forgotten everywhere."),
        new("Edits", AllowedEdge.Anything, "What people did by hand is done to what every stage makes, and a memory is forgotten everywhere."),
        new("Transfer", AllowedEdge.Anything, "An archive goes from store to store, past the tombstones of the state."),
        new("Backups", AllowedEdge.Anything, "A backup holds what every part keeps, and a restore goes past the tombstones."),
        new("Work", AllowedEdge.Anything, "What comes over the queue is work for the whole pipeline."),
        new("Bots", "Sessions", "A bot answers in sessions."),
        new("Sessions", AllowedEdge.Anything, "A live conversation recalls before an answer, and becomes a memory when it has ended."),
        new("Health", AllowedEdge.Anything, "The doctor examines every part."),
        new("Memorize/Embedding/ConversationEmbedder.cs", "State", "Embeddings that were paid for are kept until their memory is stored."),
        new("Memorize/Generation/ConversationWriter.cs", "State", "What a writer outside gave is kept until it is stored."),
        new("State", "Runs", "The journal keeps runs and what became of each conversation."),
        new("Memorize/Stores/MemoryRecord.cs", "Memorize/Embedding", "A record holds its vectors."),
    ];

    /// <summary>Gets the folders that hold code, <c>Memorize/Stores</c> for example, with the types in each.</summary>
    public static ILookup<string, string> Types { get; } = SourceFile.In(Project)
        .SelectMany(file => file.TopLevelTypes.Select(type => (Folder: file.FolderIn(Project), Type: type)))
        .ToLookup(file => file.Folder, file => file.Type, StringComparer.Ordinal);

    private static readonly IReadOnlyList<string> All = [.. Types.Select(folder => folder.Key)];

    /// <summary>Gets the folder that a mentioned name lies in; null when it is not of the library.</summary>
    public static string? Of(string mention) => OfWhole(mention) ?? OfShort(mention.Split('.'));

    /// <summary>A namespace or a name that begins with one: the longest folder that fits.</summary>
    private static string? OfWhole(string mention)
    {
        var path = mention.Replace('.', '/');
        path = path.StartsWith("Recollect/", StringComparison.Ordinal) ? path["Recollect/".Length..] : path;
        return All.Where(folder => folder.Length > 0)
            .Where(folder => path.Equals(folder, StringComparison.Ordinal) || path.StartsWith(folder + "/", StringComparison.Ordinal))
            .MaxBy(folder => folder.Length);
    }

    /// <summary>A type behind the last part of its namespace, as <c>Stores.MemoryRecord</c> in a neighbour of <c>Stores</c>.</summary>
    private static string? OfShort(string[] parts) =>
        All.FirstOrDefault(folder => folder.Length > 0 &&
            string.Equals(folder.Split('/')[^1], parts[0], StringComparison.Ordinal) && Types[folder].Contains(parts[1], StringComparer.Ordinal));
}
