using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recollect.Cli.Features;
using Recollect.Cli.Output;
using Recollect.Sessions;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect sessions sweep</c>: makes memories of the conversations that have ended.</summary>
internal static class SessionsSweepCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("sweep", """
            Makes memories of the sessions that have ended and archives them, as a bot does every minute. What fails stays and is tried again.

            Example:
              recollect sessions sweep
            """);
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await using var services = await SessionHost.BuildAsync(
                    host, arguments, isOnUnlessSet: true, provider => new ConsoleLog(output.Errors, provider.GetRequiredService<TimeProvider>()));
                var isOn = services.GetRequiredService<IOptions<LongTermOptions>>().Value.Enabled && await services.GetRequiredService<IMemoryGate>().IsAnybodyOnAsync(cancellationToken);
                if (!isOn)
                {
                    throw new UsageException("Memory is off (enable_memory_system or Sessions:LongTerm:Enabled), so ended sessions stay as they are. Switch it on first.");
                }

                var report = await services.GetRequiredService<SessionSweeper>().SweepAsync(cancellationToken);
                await output.People.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{report.Ended:N0} sessions have ended; {report.Archived:N0} became memories and are archived, {report.Left:N0} are left{(report.Left > 0 ? " and are tried again by the next sweep" : string.Empty)}."));
                output.WriteJson(report, static json => json.SweepReport);
                return report.Left > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
            },
            host));
        return command;
    }
}
