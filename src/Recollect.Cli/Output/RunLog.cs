using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Cli.Settings;
using Recollect.Server.Runs;
using Serilog;
using Serilog.Extensions.Logging;

namespace Recollect.Cli.Output;

/// <summary>Writes the log of one run to a file of its own, in <c>logs</c> beside the data root, and deletes old ones.</summary>
/// <remarks>A run's file gets what is logged in the flow of calls that began it. A service's own file gets that, too, and all else.</remarks>
internal sealed class RunLog(IOptions<DataOptions> data, IOptions<LogOptions> options, TimeProvider time) : IRunLog, ILoggerProvider
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext}: {Message:lj}{NewLine}";

    private readonly AsyncLocal<ILoggerProvider?> _ofFlow = new();
    private SerilogLoggerProvider? _ofService;

    /// <summary>Gets the folder of all logs.</summary>
    public string Folder { get; } = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(data.Value.Root))!, "logs");

    /// <summary>Gets the files that are open for who logs now.</summary>
    public IEnumerable<ILoggerProvider> Open => new[] { _ofFlow.Value, _ofService }.OfType<ILoggerProvider>();

    /// <inheritdoc/>
    public IDisposable Begin(string name)
    {
        var now = time.GetUtcNow();
        var file = OpenFile(string.Create(CultureInfo.InvariantCulture, $"recollect_{name}_{now:yyyyMMdd_HHmmss}.log"), RollingInterval.Infinite);
        _ofFlow.Value = file;
        return file;
    }

    /// <summary>Begins the log of a service: a file a day, shared with other processes of its kind, for the rest of the process.</summary>
    public void BeginService(string name) => _ofService = OpenFile($"recollect_{name}_.log", RollingInterval.Day);

    /// <inheritdoc/>
    public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => new RunLogger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose() => _ofService?.Dispose();

    private SerilogLoggerProvider OpenFile(string name, RollingInterval interval)
    {
        var folder = Folder;
        try
        {
            Directory.CreateDirectory(folder);
            var oldest = time.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays);
            foreach (var old in Directory.EnumerateFiles(folder, "recollect_*.log").Where(file => File.GetLastWriteTimeUtc(file) < oldest))
            {
                File.Delete(old);
            }

            var logger = new LoggerConfiguration().MinimumLevel.Information()
                .WriteTo.File(Path.Combine(folder, name), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, rollingInterval: interval, shared: interval != RollingInterval.Infinite, rollOnFileSizeLimit: true, retainedFileCountLimit: null)
                .CreateLogger();
            return new(logger, dispose: true);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The log folder {folder} cannot be written: {ex.Message}");
        }
    }
}
