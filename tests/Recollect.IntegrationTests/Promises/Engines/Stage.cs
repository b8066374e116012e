using System.Globalization;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Stores;
using Recollect.Runs;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>A source, a clock and a folder, and one process after the other over them.</summary>
internal sealed class Stage : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();
    private long _position;

    public Stage(EngineSettings? settings = null, bool isDelivering = false)
    {
        Settings = settings ?? new();
        Source = new(Settings.Window);
        Parts = new() { Writer = Writer, Embedder = Embedder, Delivery = isDelivering ? Receiver : null };
    }

    public EngineSettings Settings { get; }

    public ManualTime Time { get; } = new(Start);

    public ScriptedSource Source { get; }

    public PlainWriter Writer { get; } = new();

    public HashEmbedder Embedder { get; } = new();

    public Receiver Receiver { get; } = new();

    public EngineParts Parts { get; }

    public string Root => _folder.Path;

    public static ThreadKey Thread(string name = "t1", string user = "dana", string tenant = "default", string scope = "personal") => new()
    {
        Source = ScriptedSource.SourceName,
        Owner = new() { Tenant = tenant, User = user, Scope = scope },
        Thread = name,
    };

    /// <summary>Lets a thread have one message more.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="minutes">When it was sent, in minutes after the start.</param>
    /// <param name="id">Its id; null: made of the time.</param>
    /// <param name="text">Its text; null: made of the time.</param>
    public Message Say(ThreadKey thread, double minutes, string? id = null, string? text = null)
    {
        var message = new Message
        {
            Id = id ?? string.Create(CultureInfo.InvariantCulture, $"m{minutes}"),
            Role = Roles.User,
            Text = text ?? string.Create(CultureInfo.InvariantCulture, $"said at {minutes}"),
            SentAt = Start + TimeSpan.FromMinutes(minutes),
            Position = ++_position,
        };
        Source.Thread(thread).Add(message, Time.GetUtcNow());
        return message;
    }

    /// <summary>Begins a process.</summary>
    public Engine Open(FaultPlan? plan = null)
    {
        plan ??= new();
        Source.Plan = plan;
        return new(Root, Source, Parts, Time, Settings, plan);
    }

    /// <summary>Runs once in a process of its own.</summary>
    public async Task<RunReport> RunAsync(RunRequest request)
    {
        using var engine = Open();
        return await engine.RunAsync(request);
    }

    public Task<RunReport> BackfillAsync() => RunAsync(new() { Mode = RunMode.Backfill });

    public Task<RunReport> NightlyAsync() => RunAsync(new() { Mode = RunMode.Nightly });

    /// <summary>Gets what is stored.</summary>
    public async Task<List<MemoryRecord>> StoredAsync()
    {
        using var engine = Open();
        return await engine.StoredAsync();
    }

    public void Dispose() => _folder.Dispose();
}
