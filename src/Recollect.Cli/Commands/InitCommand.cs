using System.CommandLine;
using System.Text;
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
        var from = new Option<string?>("--from-config") { Description = "Turn the config.json of a WhatsApp bot into the settings of bot-sessions; its keys go to .env", HelpName = "FILE" };
        var command = new DocumentedCommand("init", """
            Writes recollect.json (or the file that --config names) with every setting, its default and what it does.

            Examples:
              recollect init
              recollect init --recipe memory-cron
              recollect init --from-config config.json
            """) { recipe, from, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is not null && result.GetValue(recipe) is { } other && !string.Equals(other, BotConfig.Recipe, StringComparison.Ordinal))
            {
                result.AddError($"--from-config makes settings of {BotConfig.Recipe}; leave out --recipe {other}.");
            }
        });
        command.SetAction((arguments, _) => CommandHost.GuardAsync(arguments, async output =>
        {
            var path = arguments.GetValue(host.Config) ?? SettingsLoader.DefaultFile;
            if (File.Exists(path) && !arguments.GetValue(force))
            {
                throw new UsageException($"{path} exists already; name another file with --config, or add --force.");
            }

            var name = arguments.GetValue(recipe);
            var bot = arguments.GetValue(from) is { } old ? BotConfig.Read(old) : null;
            await AtomicFile.WriteAsync(path, async stream =>
            {
                await using var settings = bot is not null ? new MemoryStream(Encoding.UTF8.GetBytes(bot.Json)) : name is null ? SettingsTemplate.Open() : Recipes.Open(name);
                await settings.CopyToAsync(stream);
                return true;
            });
            if (bot is not null)
            {
                await TakeOverAsync(bot, path, output);
                return ExitCodes.Done;
            }

            await output.People.WriteLineAsync($"Wrote {path}. {(name is null ? "Name your chats in Sources:Files:Paths" : "Set the variables that it names in ${…}, in the environment or in .env")}, then run \"recollect backfill\"; \"recollect doctor\" tests the settings.");
            output.WriteJson(new(path), static json => json.InitJson);
            return ExitCodes.Done;
        }, host));
        return command;
    }

    private static async Task TakeOverAsync(BotConfig bot, string path, CommandOutput output)
    {
        var (added, kept) = await DotEnvFile.AddAsync(SettingsLoader.DotEnv, bot.Secrets);
        await output.People.WriteLineAsync($"Wrote {path}{(added.Count > 0 ? $", and {string.Join(", ", added)} to {SettingsLoader.DotEnv}, readable by you alone" : string.Empty)}.");
        foreach (var name in kept)
        {
            await output.People.WriteLineAsync($"! {SettingsLoader.DotEnv} has another {name}, which stays.");
        }

        if (bot.LeftOut.Count > 0)
        {
            await output.People.WriteLineAsync($"Without a counterpart, and left out: {Printable.Of(string.Join(", ", bot.LeftOut))}.");
        }

        await output.People.WriteLineAsync("\"recollect doctor\" tests the settings; docs/recipes/bot-sessions.md says how to go on.");
        output.WriteJson(new(path), static json => json.InitJson);
    }
}
