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
        var recipe = new Option<string?>("--recipe") { Description = $"Write the settings of a whole system instead: {string.Join(", ", Recipes.Names)}", HelpName = "NAME" };
        recipe.AcceptOnlyFromAmong([.. Recipes.Names]);
        var command = new DocumentedCommand("init", """
            Writes recollect.json (or the file that --config names) with every setting, its default and what it does.

            Examples:
              recollect init
              recollect init --recipe memory-cron
            """) { recipe, force };
        command.SetAction((arguments, _) => CommandHost.GuardAsync(arguments, async output =>
        {
            var path = arguments.GetValue(host.Config) ?? SettingsLoader.DefaultFile;
            if (File.Exists(path) && !arguments.GetValue(force))
            {
                throw new UsageException($"{path} exists already; name another file with --config, or add --force.");
            }

            var name = arguments.GetValue(recipe);
            await AtomicFile.WriteAsync(path, async stream =>
            {
                await using var settings = name is null ? SettingsTemplate.Open() : Recipes.Open(name);
                await settings.CopyToAsync(stream);
                return true;
            });
            await output.People.WriteLineAsync($"Wrote {path}. {(name is null ? "Name your chats in Sources:Files:Paths" : "Set the variables that it names in ${…}, in the environment or in .env")}, then run \"recollect backfill\"; \"recollect doctor\" tests the settings.");
            output.WriteJson(new(path), OutputJson.Readable.InitJson);
            return ExitCodes.Done;
        }, host));
        return command;
    }
}
