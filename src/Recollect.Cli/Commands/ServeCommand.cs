using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;
using Recollect.Cli.Telemetry;
using Recollect.Server;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect serve</c>: REST, MCP, and nightly runs by a clock of its own.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(25); // less than the program has after a signal

    public static Command Create(CommandHost host)
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen [default: http://127.0.0.1:8201]", HelpName = "URL" };
        var command = new DocumentedCommand("serve", """
            Answers questions to memory over HTTP, REST and MCP, until Ctrl-C; with Schedule:InServe it starts the nightly runs, too.
            It listens on this machine only, unless Server:Agents names who may ask with which key (recollect key new).

            Examples:
              recollect serve
              recollect serve --urls http://127.0.0.1:9000
              curl "http://127.0.0.1:8201/api/v1/recall?query=where+do+I+live&user=dana"
            """) { urls, FromOption.From };
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await Task.Yield(); // a signal is passed on only to what has yielded
                var settings = host.Settings(arguments, [.. FromOption.Settings(arguments), new("Server:Urls", arguments.GetValue(urls))]);
                await using var server = SettingsCheck.Named(() => RecollectServer.Create(settings, services => Composition.Add(services, settings)
                    .AddSingleton<ILoggerProvider>(provider => new ConsoleLog(output.People, provider.GetRequiredService<TimeProvider>()))));
                SettingsCheck.Run(server.Services);
                server.Services.GetRequiredService<RunLog>().BeginService(command.Name);
                server.Services.GetRequiredService<TelemetryExport>().Begin();
                await RunAsync(server, output, cancellationToken);
                return ExitCodes.Done;
            },
            host));
        return command;
    }

    private static async Task RunAsync(RecollectServer server, CommandOutput output, CancellationToken cancellationToken)
    {
        var time = server.Services.GetRequiredService<TimeProvider>();
        try
        {
            await server.StartAsync(cancellationToken);
            output.WriteJson(new(server.Urls), OutputJson.Readable.ServeJson);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) // how a service ends
        {
            using var patience = new CancellationTokenSource(LongestStop, time);
            await server.StopAsync(patience.Token);
        }
    }
}
