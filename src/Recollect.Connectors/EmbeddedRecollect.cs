using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Chat;
using Recollect.Erasure;
using Recollect.Recall;
using Recollect.Registration;

namespace Recollect.Connectors;

/// <summary>A whole Recollect within another program, with services and settings of its own, so that neither meets the other's.</summary>
/// <remarks>Safe to use concurrently. Dispose it when the program ends.</remarks>
public sealed class EmbeddedRecollect : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services;

    private EmbeddedRecollect(ServiceProvider services) => _services = services;

    /// <summary>Gets what chat clients recall from and remember with.</summary>
    public ChatMemory Chats => Get<ChatMemory>();

    /// <summary>Gets recall.</summary>
    public RecallEngine Recall => Get<RecallEngine>();

    /// <summary>Gets what makes memories of conversations.</summary>
    public MemoryPipeline Pipeline => Get<MemoryPipeline>();

    /// <summary>Gets what forgets users.</summary>
    public UserEraser Eraser => Get<UserEraser>();

    /// <summary>Gets the model that <c>Generation:Llm:Client</c> names; it belongs to this object.</summary>
    /// <exception cref="ConfigurationException">It names none that is known.</exception>
    public IChatClient Model => Get<IChatClient>();

    /// <summary>Starts one; nothing is read or written before it is used.</summary>
    /// <param name="configure">Changes the defaults; null for none.</param>
    /// <param name="loggers">Where it logs; null for nowhere.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ConfigurationException">A setting is wrong.</exception>
    public static EmbeddedRecollect Create(Action<EmbeddedSettings>? configure = null, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        var options = new EmbeddedSettings();
        configure?.Invoke(options);
        var services = new ServiceCollection();
        services.AddSingleton(loggers ?? NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(time ?? TimeProvider.System);
        options.Services?.Invoke(services);
        services.AddRecollect(SettingsOf(options)).AddConnectors().AddRecall().AddChatMemory();
        var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<IStartupValidator>()?.Validate();
            provider.GetRequiredService<ChatMemory>();
            return new(provider);
        }
        catch (OptionsValidationException ex)
        {
            provider.Dispose();
            throw new ConfigurationException(string.Join(' ', ex.Failures));
        }
        catch (InvalidOperationException ex) when (ex.InnerException is not null) // how the binder says that a value is not of its type
        {
            provider.Dispose();
            throw new ConfigurationException(ex.Message);
        }
        catch (ConfigurationException)
        {
            provider.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    private static IConfiguration SettingsOf(EmbeddedSettings options)
    {
        var known = options.Configuration?.GetSection("Sources:Files:Paths").GetChildren().Count() ?? 0;
        var more = options.Files.Select((file, i) => KeyValuePair.Create($"Sources:Files:Paths:{known + i}", (string?)file)).ToDictionary(StringComparer.Ordinal);
        if (options.Root is { } root)
        {
            more["Data:Root"] = root;
        }

        var settings = new ConfigurationBuilder();
        if (options.Configuration is { } given)
        {
            settings.AddConfiguration(given);
        }

        return settings.AddInMemoryCollection(more).Build();
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
