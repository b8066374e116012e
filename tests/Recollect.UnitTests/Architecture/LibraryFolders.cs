namespace Recollect.UnitTests.Architecture;

/// <summary>The folders of the library and who may use whom.</summary>
internal static class LibraryFolders
{
    public const string Project = "src/Recollect";

    /// <summary>The nouns that everything is said in; the root namespace is one of them.</summary>
    public static readonly IReadOnlyList<string> Shared = ["", "Conversations", "Text"];

    /// <summary>Every dependency that is not on a shared folder.</summary>
    public static readonly IReadOnlyList<AllowedEdge> Allowed =
    [
        new("", AllowedEdge.Anything, "The pipeline and the registration are the places that know all stages."),
        new("Runs", AllowedEdge.Anything, "A run executes the stages and reports what they cost."),
        new("Recall", AllowedEdge.Anything, "Recall asks embedder and stores; it is no stage of a run."),
        new("Registration", AllowedEdge.Anything, "Registration names implementations."),
        new("State", "Runs", "The journal keeps runs and what became of each conversation."),
        new("Memorize/Stores/MemoryRecord.cs", "Memorize/Embedding", "A record holds its vectors."),
    ];

    /// <summary>Gets the folders that hold code: <c>Memorize/Stores</c> for example.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. SourceFile.In(Project).Select(file => file.FolderIn(Project)).Distinct(StringComparer.Ordinal)];

    /// <summary>Gets the folder that a mentioned name lies in, the longest that fits; null when it is not of the library.</summary>
    public static string? Of(string mention)
    {
        var path = mention.Replace('.', '/');
        path = path.StartsWith("Recollect/", StringComparison.Ordinal) ? path["Recollect/".Length..] : path;
        return All.Where(folder => folder.Length > 0)
            .Where(folder => path.Equals(folder, StringComparison.Ordinal) || path.StartsWith(folder + "/", StringComparison.Ordinal))
            .MaxBy(folder => folder.Length);
    }
}
