namespace Recollect.State;

/// <summary>How far each source was read.</summary>
public interface IWatermarks
{
    /// <summary>Gets the start of the last run that completed and read a source to its end; null when none did.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<DateTimeOffset?> GetAsync(string source, CancellationToken cancellationToken);

    /// <summary>Sets it. An earlier moment than the one kept changes nothing.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="moment">The start of the run.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask AdvanceAsync(string source, DateTimeOffset moment, CancellationToken cancellationToken);
}
