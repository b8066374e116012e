namespace Recollect.Work;

/// <summary>What kind of message it is.</summary>
internal enum TaskKind
{
    /// <summary>It asks for memories of conversations.</summary>
    Batch,

    /// <summary>It asks for something that is not ours: its <c>task_type</c> is another, or missing.</summary>
    Foreign,

    /// <summary>It cannot be read.</summary>
    Malformed,
}
