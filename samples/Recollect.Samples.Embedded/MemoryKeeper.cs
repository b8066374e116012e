using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recollect.Chat;
using Recollect.Conversations;

namespace Recollect.Samples.Embedded;

/// <summary>Memorises what is new, now and then, and shows what a question recalls.</summary>
internal sealed partial class MemoryKeeper(ChatMemory memory, IConfiguration settings, IHostApplicationLifetime life, ILogger<MemoryKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var owner = new Owner { User = settings["User"] ?? "dana" };
        var question = settings["Question"] ?? "Which street do I live in?";
        var every = settings["Every"] is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : (TimeSpan?)null;
        do
        {
            var report = await memory.MemorizeAsync(cancellationToken: stoppingToken);
            LogMemorised(logger, report.Created, report.Updated, report.Unchanged);
            foreach (var found in await memory.RecallAsync(new() { Owner = owner, Text = question, Top = 1 }, stoppingToken))
            {
                LogRecalled(logger, found.Memory.Thread.Thread, string.Join(" / ", found.Citations.Select(message => message.Text)));
            }
        }
        while (every is { } pause && await WaitAsync(pause, stoppingToken));
        life.StopApplication();
    }

    private static async Task<bool> WaitAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        await Task.Delay(pause, TimeProvider.System, stoppingToken);
        return true;
    }

    [LoggerMessage(1, LogLevel.Information, "{Created} conversations memorised, {Updated} memorised again, {Unchanged} unchanged")]
    private static partial void LogMemorised(ILogger logger, long created, long updated, long unchanged);

    [LoggerMessage(2, LogLevel.Information, "Recalled from {Thread}: {Quotes}")]
    private static partial void LogRecalled(ILogger logger, string thread, string quotes);
}
