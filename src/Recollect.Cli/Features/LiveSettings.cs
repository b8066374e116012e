using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Recollect.Cli.Settings;

namespace Recollect.Cli.Features;

/// <summary>The settings of one section, read again whenever the config file or <c>.env</c> was changed, so that switching needs no restart.</summary>
/// <remarks>Safe to call concurrently. A file that cannot be read, such as one that is just being written, leaves the settings of before.</remarks>
internal sealed partial class LiveSettings : ConfigurationProvider, IConfigurationSource
{
    private readonly Lock _lock = new();
    private readonly string _section;
    private readonly Func<IConfiguration> _load;
    private readonly string[] _files;
    private readonly ILogger _logger;
    private (DateTime, DateTime) _seen;

    /// <summary>Initializes a new instance of the <see cref="LiveSettings"/> class.</summary>
    /// <param name="section">The section.</param>
    /// <param name="configFile">The config file.</param>
    /// <param name="load">Reads all settings.</param>
    /// <param name="logger">Is told of settings that cannot be read.</param>
    public LiveSettings(string section, string configFile, Func<IConfiguration> load, ILogger logger)
    {
        (_section, _files, _load, _logger) = (section, [configFile, SettingsLoader.DotEnv], load, logger);
        _seen = Look();
        Data = Read();
    }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Reads again what was changed since the last look.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            var now = Look();
            if (now == _seen)
            {
                return;
            }

            _seen = now;
            try
            {
                Data = Read();
            }
            catch (ConfigurationException ex)
            {
                LogUnreadable(_logger, ex.Message);
                return;
            }
        }

        OnReload();
        LogChanged(_logger, _section);
    }

    private (DateTime Config, DateTime DotEnv) Look() => (File.GetLastWriteTimeUtc(_files[0]), File.GetLastWriteTimeUtc(_files[1]));

    private Dictionary<string, string?> Read() => new(
        _load().AsEnumerable().Where(pair => pair.Value is not null && pair.Key.StartsWith(_section + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)),
        StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(27001, LogLevel.Information, "The settings of {Section} were read again")]
    private static partial void LogChanged(ILogger logger, string section);

    [LoggerMessage(27002, LogLevel.Warning, "Changed settings cannot be read, so that those of before stay: {Error}")]
    private static partial void LogUnreadable(ILogger logger, string error);
}
