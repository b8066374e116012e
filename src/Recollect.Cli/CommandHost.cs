using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Recollect.Backups;
using Recollect.Bots;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;
using Recollect.Recall;

namespace Recollect.Cli;

/// <summary>Runs commands: loads settings, builds services, and turns every failure into one line and an exit code.</summary>
internal sealed class CommandHost
{
    public Option<string?> Config { get; } = new("--config") { Description = "The config file [default: recollect.json, where it exists]", HelpName = "FILE", Recursive = true };

    public Option<string?> DataRoot { get; } = new("--data-root") { Description = "The folder of databases and locks [default: data]", HelpName = "FOLDER", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object as the last line of standard output", Recursive = true };

    /// <summary>Makes the action of a command that needs services.</summary>
    /// <param name="run">What the command does; gives the exit code.</param>
    /// <param name="settings">Settings that the command's options stand for; null for none.</param>
    public Func<ParseResult, CancellationToken, Task<int>> Action(
        Func<CommandContext, CancellationToken, Task<int>> run, Func<ParseResult, IEnumerable<KeyValuePair<string, string?>>>? settings = null) =>
        (arguments, cancellationToken) => GuardAsync(
            arguments,
            async output =>
            {
                await using var services = Composition.Build(Settings(arguments, settings?.Invoke(arguments) ?? []));
                return await run(new(arguments, output, services), cancellationToken);
            },
            this);

    /// <summary>Does what a command does and turns every failure into one line and an exit code.</summary>
    public static async Task<int> GuardAsync(ParseResult arguments, Func<CommandOutput, Task<int>> run, CommandHost host)
    {
        var output = new CommandOutput(arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error, arguments.GetValue(host.Json));
        try
        {
            return await run(output);
        }
        catch (OperationCanceledException)
        {
            await output.Errors.WriteLineAsync("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception ex) when (ex is ConfigurationException or UsageException or RecallException or BackupException)
        {
            await output.Errors.WriteLineAsync($"recollect: {ex.Message}");
            return ExitCodes.WrongUse;
        }
        catch (ChannelException ex) when (ex.IsConfiguration)
        {
            await output.Errors.WriteLineAsync($"recollect: {ex.Message}");
            return ExitCodes.WrongUse;
        }
        catch (RecollectException ex)
        {
            await output.Errors.WriteLineAsync($"recollect: {ex.Message}");
            return ExitCodes.Unreachable;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException) // a disk is full or a folder has gone
        {
            await output.Errors.WriteLineAsync($"recollect: {ex.Message.TrimEnd('.')}. Check that there is free space and that this user may write there, then run again.");
            return ExitCodes.Unreachable;
        }
    }

    /// <summary>Loads the settings.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="ofOptions">Settings that the command's options stand for.</param>
    /// <exception cref="ConfigurationException">A file cannot be read, or a variable is missing.</exception>
    public IConfiguration Settings(ParseResult arguments, IEnumerable<KeyValuePair<string, string?>> ofOptions) =>
        SettingsLoader.Load(arguments.GetValue(Config), [.. ofOptions, new("Data:Root", arguments.GetValue(DataRoot))]);
}
