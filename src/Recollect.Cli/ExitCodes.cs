namespace Recollect.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It finished, but some conversations failed.</summary>
    public const int SomeFailed = 1;

    /// <summary>Wrong use or configuration.</summary>
    public const int WrongUse = 2;

    /// <summary>The source, a model or a store could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
