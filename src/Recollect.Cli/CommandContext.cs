using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Cli.Output;

namespace Recollect.Cli;

/// <summary>What a command has to work with.</summary>
internal sealed record CommandContext(ParseResult Arguments, CommandOutput Output, IServiceProvider Services)
{
    public TService Get<TService>()
        where TService : notnull => Services.GetRequiredService<TService>();
}
