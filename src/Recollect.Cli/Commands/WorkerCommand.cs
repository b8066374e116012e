using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Cli.Output;
using Recollect.Cli.Settings;
using Recollect.Cli.Telemetry;
using Recollect.Work;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect worker</c>: takes work from the queue.</summary>
internal static class WorkerCommand
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(25); // less than the program has after a signal

    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("worker", """
            Takes messages from the queue that Queue:Use names, and makes the memories that they ask for, until Ctrl-C: then
            the conversations in hand are finished, and the rest goes back to the queue. Any number of workers, on any number
            of hosts, share the work; with several hosts the state must be one that they share (State:Use postgres).

            Examples:
              recollect worker
              recollect worker --config backend-brain.json
            """);
        command.SetAction((arguments, cancellationToken) => CommandHost.GuardAsync(
            arguments,
            async output =>
            {
                await Task.Yield(); // a signal is passed on only to what has yielded
                var settings = host.Settings(arguments, []);
                await using var services = Composition.Add(new ServiceCollection(), settings)
                    .AddSingleton<ILoggerProvider>(provider => new ConsoleLog(output.People, provider.GetRequiredService<TimeProvider>()))
                    .BuildServiceProvider();
                SettingsCheck.Run(services);
                if (services.GetRequiredService<IWorkQueue>() is InProcessQueue)
                {
                    throw new ConfigurationException("Queue:Use is \"inprocess\", which only serve works on; set it to rabbitmq or sqs for workers.");
                }

                services.GetRequiredService<RunLog>().BeginService(command.Name);
                services.GetRequiredService<TelemetryExport>().Begin();
                await WorkAsync(services, output, cancellationToken);
                return ExitCodes.Done;
            },
            host));
        return command;
    }

    private static async Task WorkAsync(IServiceProvider services, CommandOutput output, CancellationToken stopping)
    {
        var time = services.GetRequiredService<TimeProvider>();
        using var giveUp = new CancellationTokenSource();
        await using var timer = time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), giveUp, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var registration = stopping.Register(() => timer.Change(LongestStop, Timeout.InfiniteTimeSpan));
        var done = await services.GetRequiredService<MemoryWorker>().RunAsync(stopping, giveUp.Token);
        await output.People.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Stopped: {done.Messages} messages taken, {done.Made} memories made, {done.Failed} failures noted."));
        output.WriteJson(new(done.Messages, done.Made, done.Failed), static json => json.WorkerJson);
    }
}
