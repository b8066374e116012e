using System.CommandLine;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect init</c>: writes a commented config file.</summary>
internal static class InitCommand
{
    public static Command Create(CommandHost host)
    {
        var force = new Option<bool>("--force") { Description = "Overwrite the file" };
        var command = new DocumentedCommand("init", """
            Writes recollect.json (or the file that --config names) with every setting, its default and what it does.

            Example:
              recollect init
            """) { force };
        command.SetAction((arguments, _) => CommandHost.GuardAsync(arguments, async output =>
        {
            var path = arguments.GetValue(host.Config) ?? SettingsLoader.DefaultFile;
            if (File.Exists(path) && !arguments.GetValue(force))
            {
                throw new UsageException($"{path} exists already; name another file with --config, or add --force.");
            }

            await AtomicFile.WriteAsync(path, async stream =>
            {
                await using var template = SettingsTemplate.Open();
                await template.CopyToAsync(stream);
                return true;
            });
            await output.People.WriteLineAsync($"Wrote {path}. Name your chats in Sources:Files:Paths, then run \"recollect backfill\"; \"recollect doctor\" tests the settings.");
            output.WriteJson(new(path), OutputJson.Readable.InitJson);
            return ExitCodes.Done;
        }, host));
        return command;
    }
}
