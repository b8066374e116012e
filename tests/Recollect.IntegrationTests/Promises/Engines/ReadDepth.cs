namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>How much a source gives beside what was asked for.</summary>
internal enum ReadDepth
{
    /// <summary>All of it, always.</summary>
    Everything,

    /// <summary>The threads that hold something that was asked for.</summary>
    Threads,

    /// <summary>Of those threads, what comes from the start of the earliest conversation asked for: the least that the contract allows.</summary>
    Conversations,
}
