using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.Connectors;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Memorize.Stores;
using Recollect.Registration;
using Recollect.Sessions;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>A bot over real files, with a clock and a model of the test's own; it can be started again as after a crash.</summary>
internal sealed class SessionHost : IDisposable
{
    public const string Dana = "972501234567@c.us";

    private readonly ScratchFolder _scratch = new();
    private readonly (string Key, string Value)[] _settings;
    private readonly bool _canCrash;
    private ServiceProvider _services;

    public SessionHost(params (string Key, string Value)[] settings)
        : this(canCrash: true, settings)
    {
    }

    public SessionHost(bool canCrash, params (string Key, string Value)[] settings)
    {
        (_canCrash, _settings) = (canCrash, settings);
        _services = Build();
    }

    public ManualTime Time { get; } = new(new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));

    public ChatModel Model { get; } = new();

    public CrashPlan Plan { get; set; } = new();

    public Gate Switch { get; } = new();

    public string Root => Path.Combine(_scratch.Path, "data");

    public string SessionRoot => Path.Combine(Root, "sessions");

    public LiveSessions Manager => _services.GetRequiredService<LiveSessions>();

    public SessionChat Chat => _services.GetRequiredService<SessionChat>();

    public SessionSweeper Sweeper => _services.GetRequiredService<SessionSweeper>();

    public ISessionStore Store => _services.GetRequiredService<ISessionStore>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts the bot again over what is on the disk.</summary>
    public void Restart()
    {
        _services.Dispose();
        Plan = new();
        _services = Build();
    }

    public Task<ChatAnswer> SayAsync(string text, string? id = null, string chat = Dana) =>
        Chat.AnswerAsync(new() { Chat = chat, Person = chat, Text = text, MessageId = id }, onText: null, CancellationToken.None);

    public async Task<List<MemoryRecord>> MemoriesAsync()
    {
        var store = _services.GetRequiredService<IMemoryStore>();
        await store.InitializeAsync(CancellationToken.None);
        return await store.ExportAsync(CancellationToken.None).ToListAsync();
    }

    public Task<List<Session>> SessionsAsync(bool archived) => Store.ListAsync(archived, CancellationToken.None).ToListAsync().AsTask();

    public void Dispose()
    {
        _services.Dispose();
        _scratch.Dispose();
    }

    private ServiceProvider Build()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Data:Root"] = Root,
            ["Sources:Use"] = "sessions",
            ["Sources:Name"] = "bot",
            ["Generation:Use"] = "verbatim",
            ["Sessions:LongTerm:MinSimilarity"] = "0.2",
            ["Runs:Attempts"] = "4",
            ["Runs:Delay"] = "00:00:00",
        };
        foreach (var (key, value) in _settings)
        {
            settings[key] = value;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IChatClient>(Model);
        services.AddSingleton<IMemoryGate>(Switch);
        if (_canCrash)
        {
            services.AddSingleton<ISessionStore>(provider => new CrashingSessionStore(provider.GetRequiredKeyedService<ISessionStore>("files"), () => Plan));
        }

        services.AddRecollect(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddConnectors().AddRecall();
        return services.BuildServiceProvider();
    }

    /// <summary>Memory on or off, as the test says.</summary>
    internal sealed class Gate : IMemoryGate
    {
        public bool IsOn { get; set; } = true;

        public ValueTask<bool> IsOnAsync(string person, CancellationToken cancellationToken) => ValueTask.FromResult(IsOn);

        public ValueTask<bool> IsAnybodyOnAsync(CancellationToken cancellationToken) => ValueTask.FromResult(IsOn);
    }
}
