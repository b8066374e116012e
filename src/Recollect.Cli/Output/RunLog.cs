using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Cli.Settings;
using Serilog;

namespace Recollect.Cli.Output;

/// <summary>Writes the log of one run to a file of its own, in <c>logs</c> beside the data root, and deletes old ones.</summary>
internal sealed class RunLog(ILoggerFactory loggers, IOptions<DataOptions> data, IOptions<LogOptions> options, TimeProvider time)
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {SourceContext}: {Message:lj}{NewLine}";

    /// <summary>Begins the log of a run.</summary>
    /// <param name="command">The command, which becomes part of the file's name.</param>
    public void Begin(string command)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(data.Value.Root))!, "logs");
        var now = time.GetUtcNow();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var old in Directory.EnumerateFiles(folder, "recollect_*.log").Where(file => File.GetLastWriteTimeUtc(file) < now.UtcDateTime.AddDays(-options.Value.KeepDays)))
            {
                File.Delete(old);
            }

            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"recollect_{command}_{now:yyyyMMdd_HHmmss}.log"));
            var logger = new LoggerConfiguration().MinimumLevel.Information().WriteTo.File(path, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture).CreateLogger();
            loggers.AddSerilog(logger, dispose: true);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The log folder {folder} cannot be written: {ex.Message}");
        }
    }
}
