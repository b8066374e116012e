using System.Globalization;
using Recollect.Conformance;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises.Convergence;

/// <summary>One random history of nights over a random world. The seed decides all of it.</summary>
internal sealed class Schedule : IDisposable
{
    private readonly Random _random;
    private readonly World _world;
    private readonly Queue<Arrival> _coming;
    private readonly ScriptedSource _source;
    private readonly ManualTime _time = new(World.Start);
    private readonly ScratchFolder _folder = new();
    private readonly EngineSettings _settings;
    private readonly EngineParts _parts;
    private readonly Receiver _receiver = new();
    private readonly List<string> _story = [];
    private bool _isSomethingGone;

    public Schedule(int seed)
    {
        _random = new(seed);
        _world = new(_random);
        _coming = new(_world.Arrivals);
        _source = new(World.Window) { Shuffle = _random, Depth = (ReadDepth)_random.Next(3) };
        _settings = new() { Concurrency = _random.Next(2) == 0 ? 4 : 1, MinMessages = _random.Next(4) == 0 ? 2 : 1, KeepText = _random.Next(5) > 0 };
        _parts = new() { Delivery = _random.Next(2) == 0 ? _receiver : null, Writer = new PlainWriter { IsRemote = seed % 2 == 0 } };
        Tell($"seed {seed}: {_source.Depth}, {_settings}");
    }

    /// <summary>Gets what happened, for a person who has to mend it.</summary>
    public string Story => string.Join('\n', _story);

    public async Task RunAsync()
    {
        for (var night = 0; night < World.Nights; night++)
        {
            _time.AdvanceTo(World.Night(night));
            Deliver();
            for (var changes = _random.Next(3); changes > 0; changes--)
            {
                Change();
            }

            for (var runs = _random.Next(3); runs > 0; runs--)
            {
                _time.Advance(TimeSpan.FromMinutes(_random.Next(1, 90)));
                Deliver();
                await RunOnceAsync(AnyRequest());
            }
        }

        _time.AdvanceTo(World.Night(World.Nights + 4));
        Deliver();
        await EndAsync();
    }

    public void Dispose() => _folder.Dispose();

    private async Task EndAsync()
    {
        var last = _isSomethingGone || _settings.MinMessages > 1 || _random.Next(2) == 0
            ? new RunRequest { Mode = RunMode.Backfill, Prune = true }
            : new RunRequest { Mode = RunMode.Nightly };
        Tell($"last: {last.Mode}");
        using var plan = new FaultPlan();
        _source.Plan = plan;
        using var engine = Open(_folder, _parts, plan);
        var report = await engine.RunAsync(last);
        new RunOutcome(report, Failure: null).AssertAccountCloses();
        Assert.Empty(report.Failed);
        var stored = await engine.StoredAsync();

        Expect.SameMemories(await FreshAsync(), stored);
        Expect.NoMessageTwice(stored);
        if (_parts.Delivery is not null)
        {
            Assert.Empty(await engine.State.Outbox.ListAsync(_receiver.Name, CancellationToken.None));
            Assert.Empty(stored.Select(record => record.Memory.Id).Except(_receiver.Seen.Values, StringComparer.Ordinal));
        }

        await Expect.NothingToDoAsync(engine, last, _parts);
    }

    private async Task<List<MemoryRecord>> FreshAsync()
    {
        using var folder = new ScratchFolder();
        using var plan = new FaultPlan();
        using var engine = Open(folder, new EngineParts(), plan);
        await engine.RunAsync(new() { Mode = RunMode.Backfill });
        return await engine.StoredAsync();
    }

    private async Task RunOnceAsync(RunRequest request)
    {
        var kind = _random.Next(3) == 0 ? FaultKind.None : (FaultKind)_random.Next(1, Enum.GetValues<FaultKind>().Length);
        using var plan = new FaultPlan(kind, _random.Next(4) == 0 ? _random.Next(120) : _random.Next(40));
        _source.Plan = plan;
        using var engine = Open(_folder, _parts, plan);
        var outcome = await engine.TryRunAsync(request);
        Tell($"{request.Mode}{(request.DryRun ? " dry" : "")}{(request.Prune ? " prune" : "")}{(request.IncludeOpen ? " open" : "")} limit {request.Limit}: {kind} ({plan.Calls} calls, last {plan.Last}): {Say(outcome)}");
        outcome.AssertAccountCloses();
    }

    private Engine Open(ScratchFolder folder, EngineParts parts, FaultPlan plan) => new(folder.Path, _source, parts, _time, _settings, plan);

    private RunRequest AnyRequest() => _random.Next(10) switch
    {
        < 4 => new() { Mode = RunMode.Nightly, Lookback = TimeSpan.FromHours(_random.Next(1, 25)) },
        < 5 => new() { Mode = RunMode.Retry },
        < 6 => new() { Mode = RunMode.Nightly, DryRun = true },
        _ => new()
        {
            Mode = RunMode.Backfill,
            Limit = _random.Next(3) == 0 ? _random.Next(1, 4) : null,
            IncludeOpen = _random.Next(3) == 0,
            Prune = _random.Next(3) == 0,
            DryRun = _random.Next(10) == 0,
        },
    };

    private void Deliver()
    {
        var now = _time.GetUtcNow();
        while (_coming.TryPeek(out var next) && next.At <= now)
        {
            _coming.Dequeue();
            _source.Thread(next.Thread, next.IsGiven).Add(next.Message, now);
            Tell($"{next.Thread.Thread} gets {next.Message.Id} of {next.Message.SentAt:dd HH:mm:ss}");
        }
    }

    private void Change()
    {
        if (_source.Threads.Count == 0 || _source.Threads.ElementAt(_random.Next(_source.Threads.Count)) is not { Messages.Count: > 0 } thread)
        {
            return;
        }

        var id = thread.Messages[_random.Next(thread.Messages.Count)].Id;
        var now = _time.GetUtcNow();
        var isLast = _source.Threads.All(other => other == thread || other.Messages.Count == 0); // an empty source is never believed
        switch (_random.Next(6))
        {
            case 0 when !isLast:
                thread.Remove(id, now);
                _isSomethingGone = true;
                Tell($"{thread.Key.Thread} loses {id}");
                break;
            case 1 when !isLast:
                _source.Remove(thread.Key);
                _isSomethingGone = true;
                Tell($"{thread.Key.Thread} is deleted");
                break;
            case 2 when !thread.IsGiven:
                thread.Replace(id, message => message with { SentAt = message.SentAt.AddMinutes(-45) }, now);
                _isSomethingGone = true; // the conversation that it was in, if it was alone there
                Tell($"{id} was sent 45 minutes earlier");
                break;
            default:
                thread.Replace(id, message => message with { Text = message.Text + " (edited)" }, now);
                Tell($"{id} is edited");
                break;
        }
    }

    private static string Say(RunOutcome outcome) => outcome.Failure is { } failure ? $"{failure.GetType().Name}: {failure.Message}"
        : outcome.Account is { } a ? $"{a.Status}, {a.Read} read, {a.Created} created, {a.Updated} updated, {a.Unchanged} unchanged, {Say(a.Skipped)}, {Say(a.Failed)}"
        : "did not begin";

    private static string Say(IReadOnlyDictionary<string, long> reasons) => string.Join(' ', reasons.Select(pair => $"{pair.Key}={pair.Value}"));

    private void Tell(FormattableString line) => _story.Add($"{_time.GetUtcNow():dd HH:mm} {line.ToString(CultureInfo.InvariantCulture)}");
}
