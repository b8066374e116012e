using System.CommandLine;
using Microsoft.Extensions.Configuration;
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
            Answers questions to memory over HTTP, REST and MCP, and shows people what is remembered in their browser, until Ctrl-C; with Schedule:InServe it starts the nightly runs, too.
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
                await ServeAsync(settings, command.Name, output, listening: server => output.WriteJson(new(server.Urls), static json => json.ServeJson), cancellationToken);
                return ExitCodes.Done;
            },
            host));
        return command;
    }

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="name">The command that serves, by which its log is called.</param>
    /// <param name="output">Gets the lines of the log.</param>
    /// <param name="listening">Is told of the server once it listens.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task ServeAsync(IConfiguration settings, string name, CommandOutput output, Action<RecollectServer> listening, CancellationToken cancellationToken)
    {
        await using var server = SettingsCheck.Named(() => RecollectServer.Create(settings, services => Composition.Add(services, settings)
            .AddSingleton<ILoggerProvider>(provider => new ConsoleLog(output.People, provider.GetRequiredService<TimeProvider>()))));
        SettingsCheck.Run(server.Services);
        server.Services.GetRequiredService<RunLog>().BeginService(name);
        server.Services.GetRequiredService<TelemetryExport>().Begin();
        await RunAsync(server, listening, cancellationToken);
    }

    private static async Task RunAsync(RecollectServer server, Action<RecollectServer> listening, CancellationToken cancellationToken)
    {
        var time = server.Services.GetRequiredService<TimeProvider>();
        try
        {
            await server.StartAsync(cancellationToken);
            listening(server);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) // how a service ends
        {
            using var patience = new CancellationTokenSource(LongestStop, time);
            await server.StopAsync(patience.Token);
        }
    }
}
