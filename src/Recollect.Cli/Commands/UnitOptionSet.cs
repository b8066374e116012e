using System.CommandLine;
using System.Text.RegularExpressions;
using Recollect.Cli.Scheduling;

namespace Recollect.Cli.Commands;

/// <summary>The options that say where a unit of systemd goes.</summary>
internal sealed partial class UnitOptionSet
{
    private readonly Option<bool> _system = new("--system") { Description = "Units of the system [default: for root]" };
    private readonly Option<bool> _user = new("--user") { Description = "Units of your own [default: for everybody else]" };
    private readonly Option<string?> _unitDir = new("--unit-dir") { Description = "Only write the unit files, to this folder", HelpName = "FOLDER" };
    private readonly Option<string> _name = new("--name") { HelpName = "NAME", DefaultValueFactory = _ => "recollect" };

    /// <param name="what">What the name tells apart.</param>
    public UnitOptionSet(string what = "bots")
    {
        _name.Description = $"Tells {what} of one machine apart";
        _name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !PlainName().IsMatch(token.Value))
            {
                result.AddError($"--name must be letters, digits, - and _, at most 64 of them, not \"{token.Value}\".");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _system, _user, _unitDir, _name })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_system) && result.GetValue(_user))
            {
                result.AddError("--system and --user exclude each other.");
            }
        });
    }

    public string Name(ParseResult arguments) => arguments.GetValue(_name)!;

    public SchedulerRequest Request(ParseResult arguments) => new()
    {
        IsSystem = arguments.GetValue(_system) ? true : arguments.GetValue(_user) ? false : null,
        UnitFolder = arguments.GetValue(_unitDir),
    };

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();
}
