using System.CommandLine;
using System.Globalization;
using Recollect.Backups;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect backup</c>: one file with all that cannot be made again.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandHost host)
    {
        var to = new Option<string?>("--to") { Description = "The folder for it [default: backups in the data root]", HelpName = "FOLDER" };
        var keepDays = new Option<int?>("--keep-days") { Description = "Delete backups that are older [default: Backup:KeepDays, 30]", HelpName = "DAYS" };
        keepDays.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 36_500))
            {
                result.AddError($"--keep-days must be a whole number from 1 to 36500, not \"{token.Value}\".");
            }
        });
        var command = new DocumentedCommand("backup", """
            Writes memories, state, sessions, settings and logs to one file recollect-YYYYMMDD-HHMMSS.tar.gz, also while a bot runs, and
            reads it back before it gets its name. Then older backups are deleted, and sessions that became memories so long ago.
            Not in it: .env, and what lies in PostgreSQL besides the memories.

            Examples:
              recollect backup
              recollect backup --to /mnt/backups --keep-days 90
            """) { to, keepDays };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var config = context.Arguments.GetValue(host.Config) ?? SettingsLoader.DefaultFile;
            var report = await context.Get<BackupMaker>().MakeAsync(
                new()
                {
                    Folder = context.Arguments.GetValue(to),
                    KeepDays = context.Arguments.GetValue(keepDays),
                    ConfigFile = File.Exists(config) ? Path.GetFullPath(config) : null,
                    LogFolder = context.Get<RunLog>().Folder,
                },
                cancellationToken);
            Print(report, context.Output.People);
            context.Output.WriteJson(report, static json => json.BackupReport);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Print(BackupReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Backed up {report.Memories:N0} memories and {report.Sessions:N0} sessions in {report.Files:N0} files, {report.Bytes:N0} bytes, and read them back: {report.File}"));
        foreach (var missing in report.Missing)
        {
            output.WriteLine($"! Not in it: {missing}");
        }

        if (report.DeletedBackups.Count > 0 || report.DeletedSessions > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Deleted {report.DeletedBackups.Count:N0} older backups and {report.DeletedSessions:N0} sessions that had long become memories."));
        }

        output.WriteLine("The file holds people's words: keep it safe, and delete it when a user is forgotten.");
    }
}
