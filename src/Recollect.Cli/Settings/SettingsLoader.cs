using Microsoft.Extensions.Configuration;

namespace Recollect.Cli.Settings;

/// <summary>Builds the settings: defaults &lt; config file &lt; <c>.env</c> &lt; environment &lt; options.</summary>
internal static class SettingsLoader
{
    public const string DefaultFile = "recollect.json";

    public const string DotEnv = ".env";

    private const string Prefix = "RECOLLECT:"; // RECOLLECT__ as the configuration library spells it

    /// <summary>Loads the settings and fills in <c>${NAME}</c>.</summary>
    /// <param name="configFile">The file that <c>--config</c> names; null: recollect.json where it exists.</param>
    /// <param name="options">Settings that come from options of the command line.</param>
    /// <exception cref="ConfigurationException">A file cannot be read, or a variable is missing.</exception>
    public static IConfiguration Load(string? configFile, IEnumerable<KeyValuePair<string, string?>> options)
    {
        var dotEnv = ReadDotEnv();
        var built = SettingsLayers.Merge(LoadFile(configFile), SettingsOf(dotEnv), SettingsOf(Environment().AsEnumerable()), options);
        SettingsTemplate.Check(built);
        return VariableExpander.Expand(built, Variables(dotEnv));
    }

    /// <summary>Reads the variables of the environment.</summary>
    public static IConfigurationRoot Environment() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>Reads the variables of <c>.env</c> and of the environment, which is the stronger of the two.</summary>
    /// <exception cref="ConfigurationException">A line of <c>.env</c> cannot be read.</exception>
    public static IConfigurationRoot Variables() => Variables(ReadDotEnv());

    private static IConfigurationRoot Variables(IEnumerable<KeyValuePair<string, string?>> dotEnv) =>
        new ConfigurationBuilder().AddInMemoryCollection(dotEnv).AddEnvironmentVariables().Build();

    private static IEnumerable<KeyValuePair<string, string?>> LoadFile(string? configFile)
    {
        var path = Path.GetFullPath(configFile ?? DefaultFile);
        if (!File.Exists(path))
        {
            return configFile is null ? [] : throw new ConfigurationException($"The config file {configFile} does not exist; \"recollect init\" writes one.");
        }

        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build().AsEnumerable();
        }
        catch (Exception ex) when (ex is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The config file {path} cannot be read: {ex.GetBaseException().Message}");
        }
    }

    private static KeyValuePair<string, string?>[] ReadDotEnv() => File.Exists(DotEnv)
        ? [.. DotEnvFile.Read(DotEnv).Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), pair.Value))]
        : [];

    private static IEnumerable<KeyValuePair<string, string?>> SettingsOf(IEnumerable<KeyValuePair<string, string?>> variables) =>
        variables
            .Where(pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(pair => KeyValuePair.Create(pair.Key[Prefix.Length..], pair.Value));
}
