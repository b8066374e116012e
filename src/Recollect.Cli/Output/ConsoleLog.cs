using Microsoft.Extensions.Logging;

namespace Recollect.Cli.Output;

/// <summary>Shows people the log of a service as it comes, one line each.</summary>
internal sealed class ConsoleLog(TextWriter output, TimeProvider time) : ILoggerProvider, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var mark = logLevel >= LogLevel.Warning ? "! " : string.Empty;
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {mark}{Printable.Of(formatter(state, exception))}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
