using Microsoft.Extensions.Logging;

namespace Recollect.Cli.Output;

/// <summary>Passes what is logged on to the files that are open at that moment.</summary>
internal sealed class RunLogger(RunLog log, string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && log.Open.Any();

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        foreach (var file in log.Open)
        {
            file.CreateLogger(category).Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
