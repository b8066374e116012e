using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Backups;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect restore</c>: puts back what backup wrote.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that backup wrote" };
        var force = new Option<bool>("--force") { Description = "Restore into a data root that is not empty: what is there stays, what is missing is added" };
        var command = new DocumentedCommand("restore", """
            Checks a backup from end to end, then puts back its memories, state, sessions, settings and logs where there are none.
            Users that were forgotten stay forgotten. Stop the bot first. Interrupted, it is completed by running it again.

            Examples:
              recollect restore backups/recollect-20261127-030000.tar.gz
              recollect restore recollect-20261127-030000.tar.gz --data-root other
            """) { file, force };
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await Task.Yield(); // a signal is passed on only to what has yielded
                var path = arguments.GetRequiredValue(file);
                await BackupFile.VerifyAsync(path, cancellationToken);
                if (arguments.GetValue(host.Config) is null && !File.Exists(SettingsLoader.DefaultFile))
                {
                    await RestoreSettingsAsync(path, output, cancellationToken);
                }

                await using var services = Composition.Build(host.Settings(arguments, []));
                var report = await services.GetRequiredService<BackupRestorer>().RestoreAsync(path, arguments.GetValue(force), services.GetRequiredService<RunLog>().Folder, cancellationToken);
                Print(report, output.People);
                output.WriteJson(report, static json => json.RestoreReport);
                return report.Unreadable > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
            },
            host));
        return command;
    }

    /// <summary>Puts the settings back first: they say where everything else goes.</summary>
    private static async Task RestoreSettingsAsync(string path, CommandOutput output, CancellationToken cancellationToken)
    {
        if (await BackupFile.ReadSmallAsync(path, static name => name.StartsWith(BackupNames.Config, StringComparison.Ordinal), cancellationToken) is { } settings)
        {
            await AtomicFile.WriteAsync(SettingsLoader.DefaultFile, async stream =>
            {
                await stream.WriteAsync(settings, cancellationToken);
                return true;
            });
            await output.People.WriteLineAsync($"Put {SettingsLoader.DefaultFile} back. Keys are not in a backup: where it names some, write {SettingsLoader.DotEnv} and run this again.");
        }
    }

    private static void Print(RestoreReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Restored from {report.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC: {report.Memories:N0} memories, {report.Sessions:N0} sessions, {report.Files:N0} other files{(report.State ? ", and the state" : string.Empty)}."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.MemoriesThere:N0} memories and {report.SessionsThere:N0} sessions were there already, {report.Forgotten:N0} belong to forgotten users, {report.Unreadable:N0} could not be read."));
        foreach (var note in report.Notes)
        {
            output.WriteLine($"! {note}");
        }
    }
}
