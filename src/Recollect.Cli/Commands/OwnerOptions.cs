using System.CommandLine;
using Recollect.Conversations;

namespace Recollect.Cli.Commands;

/// <summary>The options that say whose memories are meant.</summary>
internal static class OwnerOptions
{
    public static Option<string> User() => NotBlank(new("--user") { Description = "Whose memories", HelpName = "ID", Required = true });

    public static Option<string> Tenant() => NotBlank(new("--tenant") { Description = "The tenant", HelpName = "NAME", DefaultValueFactory = _ => Owner.DefaultTenant });

    public static Option<string> Scope() => NotBlank(new("--scope") { Description = "The scope: personal, departmental, ministry, secrets, or one of your own", HelpName = "NAME", DefaultValueFactory = _ => Owner.PersonalScope });

    private static Option<string> NotBlank(Option<string> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && string.IsNullOrWhiteSpace(result.Tokens[^1].Value))
            {
                result.AddError($"{option.Name} must not be empty.");
            }
        });
        return option;
    }
}
