using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Bots;
using Recollect.Cli.Settings;
using Recollect.Sessions;

namespace Recollect.Cli.Features;

/// <summary>Builds the services of commands that work with live sessions: the source is the sessions themselves, and memory is on for whom the flags say.</summary>
internal static class SessionHost
{
    private const string Sessions = "sessions";
    private const string LocalEmbedder = "local";
    private const string LeastSimilarity = "Sessions:LongTerm:MinSimilarity";
    private const string SimilarityOfLocal = "0.05"; // its vectors of texts about the same lie further apart than a model's

    /// <summary>Does work while ended sessions become memories beside it. What the first answer needs is loaded meanwhile, so that it does not wait for it.</summary>
    public static async Task WhileSweepingAsync(IServiceProvider services, Func<Task> work, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loading = Task.Run(() => services.GetRequiredService<ITokenCounter>().Count(Sessions), CancellationToken.None);
        var sweeping = services.GetRequiredService<SessionSweeper>().RunAsync(ended.Token);
        try
        {
            await work();
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(loading, sweeping);
        }
    }

    /// <summary>Builds the services.</summary>
    /// <param name="host">Reads the settings.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="isOnUnlessSet">Whether memory is on where no flag is set.</param>
    /// <param name="console">Shows people the log; null: they do not see it.</param>
    /// <exception cref="ConfigurationException">A setting or a flag is wrong.</exception>
    public static async Task<ServiceProvider> BuildAsync(CommandHost host, ParseResult arguments, bool isOnUnlessSet, Func<IServiceProvider, ILoggerProvider>? console = null)
    {
        var settings = Load();
        var services = Composition.Add(new ServiceCollection(), settings)
            .AddSingleton(provider => new MemoryFeature(
                new(MemoryFeature.SectionName, arguments.GetValue(host.Config) ?? SettingsLoader.DefaultFile, Load, provider.GetRequiredService<ILogger<LiveSettings>>()),
                isOnUnlessSet, provider.GetRequiredService<RoleResolver>(), provider.GetRequiredService<FirstPeople>(),
                provider.GetRequiredService<IOptions<BotOptions>>(), provider.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<IMemoryGate>(provider => provider.GetRequiredService<MemoryFeature>());
        if (console is not null)
        {
            services.AddSingleton(console);
        }

        var provider = services.BuildServiceProvider();
        try
        {
            SettingsCheck.Run(provider);
            await provider.GetRequiredService<MemoryFeature>().CheckAsync();
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }

        IConfiguration Load()
        {
            var given = host.Settings(arguments, [new("Sources:Use", Sessions)]);
            var isLocal = string.Equals(given["Embedding:Use"] ?? LocalEmbedder, LocalEmbedder, StringComparison.OrdinalIgnoreCase);
            return isLocal && given[LeastSimilarity] is null ? host.Settings(arguments, [new("Sources:Use", Sessions), new(LeastSimilarity, SimilarityOfLocal)]) : given;
        }
    }
}
