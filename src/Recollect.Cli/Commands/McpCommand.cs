using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;
using Recollect.Cli.Telemetry;
using Recollect.Server;
using Recollect.Server.Mcp;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect mcp</c>: memory as a tool of the assistant that starts it.</summary>
internal static class McpCommand
{
    public static Command Create(CommandHost host)
    {
        var agent = new Option<string?>("--agent") { Description = "Answer as this agent of Server:Agents [default: every scope of the tenant default but secrets]", HelpName = "NAME" };
        var command = new DocumentedCommand("mcp", """
            Gives assistants the tool recall_memory over standard input and output (Model Context Protocol).
            An assistant starts it itself; standard output carries nothing but the protocol, and it ends with its input.

            Examples:
              recollect mcp
              recollect mcp --agent noor --config /etc/recollect.json
              claude mcp add recollect -- /path/to/recollect mcp
            """) { agent };
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                var settings = host.Settings(arguments, []);
                await using var services = Composition.Add(new ServiceCollection(), settings).AddMcp()
                    .AddSingleton<ILoggerProvider>(provider => new ConsoleLog(output.Errors, provider.GetRequiredService<TimeProvider>()))
                    .BuildServiceProvider();
                SettingsCheck.Run(services);
                services.GetRequiredService<RunLog>().BeginService(command.Name);
                services.GetRequiredService<TelemetryExport>().Begin();
                try
                {
                    await McpStdio.RunAsync(services, Console.OpenStandardInput(), Console.OpenStandardOutput(), arguments.GetValue(agent), cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) // how a service ends
                {
                }

                return ExitCodes.Done;
            },
            host));
        return command;
    }
}
