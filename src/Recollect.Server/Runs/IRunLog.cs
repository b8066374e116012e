namespace Recollect.Server.Runs;

/// <summary>Gives each run a log of its own.</summary>
public interface IRunLog
{
    /// <summary>Begins the log of a run: what the caller's flow logs from here on goes there, too.</summary>
    /// <param name="name">What is run, such as <c>nightly</c>.</param>
    /// <returns>What ends the log on disposal.</returns>
    IDisposable Begin(string name);
}
