using System.Globalization;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>Four workers on one queue, a model that fails, and everything that can be killed killed.</summary>
public abstract class WorkersTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 4;
    private const int DatabaseRestarts = 1;
    private const int InHand = 20; // conversations of one worker: Runs:Concurrency of the recipe, and a quarter more

    private static readonly int Conversations = Workplace.IsFull ? 2_000 : 100;

    private readonly PostgresServer _database = PostgresServer.OfItsOwn();
    private readonly FaultyModel _model = new();
    private BackendBrainPlace _here = null!;

    /// <summary>Gets the variables of the program.</summary>
    private protected Dictionary<string, string> Variables => _here.Place.Variables;

    /// <summary>Gets what else is done to the queue's server, once before and once after the database restarts; null where it would lose its messages.</summary>
    protected virtual Func<Task>? RestartBroker => null;

    /// <summary>Makes a queue, and sets the variables that name it.</summary>
    protected abstract Task UseQueueAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _here = await BackendBrainPlace.CreateAsync(_database);
        _here.Place.Variables["RECOLLECT__Runs__ParkAfterRuns"] = "1";
        _here.Model.Latency = TimeSpan.FromMilliseconds(200);
        _here.Model.KeepsCalls = false;
        await _here.Tables.AddAsync(Conversations);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _here.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Every_conversation_is_stored_or_parked()
    {
        await UseQueueAsync();

        await WorkAsync([]);

        await AssertDoneAsync(inHand: 0);
    }

    [Fact]
    public async Task What_is_killed_changes_nothing()
    {
        await UseQueueAsync();
        Func<Task>?[] blows = [KillWorkerAsync, RestartBroker, () => _database.RestartAsync(), KillWorkerAsync, RestartBroker];

        await WorkAsync([.. blows.OfType<Func<Task>>()]);

        await AssertDoneAsync((2 + (DatabaseRestarts * Workers)) * InHand); // of two workers, and of each when the database went away
    }

    private async Task KillWorkerAsync() => await _here.Workers.First(worker => !worker.IsKilled).KillAsync();

    /// <summary>Triggers, works, and does something at each step of the way.</summary>
    private async Task WorkAsync(IReadOnlyList<Func<Task>> blows)
    {
        var struck = blows.Select(_ => new TaskCompletionSource()).ToArray();
        _here.Model.ScriptAsync = async call => // the model waits for each blow, so that none comes after the work
        {
            var answer = _model.Answer(call);
            await Task.WhenAll(struck.Where((_, blow) => call.Number > AskedBefore(blow)).Select(one => one.Task));
            return answer;
        };
        await _here.ServeAsync();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"queued for {Conversations} conversations (out of {Conversations}"), await _here.TriggerAsync(), StringComparison.Ordinal);
        for (var i = 0; i < Workers; i++)
        {
            _here.StartWorker();
        }

        await _here.UntilDoneAsync(Conversations, async () =>
        {
            while (Array.FindIndex(struck, one => !one.Task.IsCompleted) is >= 0 and var next && _model.Asked > AskedBefore(next))
            {
                await blows[next]();
                struck[next].SetResult();
            }
        });
        Assert.All(struck, one => Assert.True(one.Task.IsCompleted));

        int AskedBefore(int blow) => Conversations * (blow + 1) / (blows.Count + 2);
    }

    private async Task AssertDoneAsync(int inHand)
    {
        var (stored, parked) = await _here.CountAsync();
        var refused = Enumerable.Range(1, Conversations).Count(FaultyModel.IsRefused);
        var again = _model.Completed.Values.Sum(times => times - 1);
        output.WriteLine($"{stored} stored, {parked} parked, {again} generated again");
        output.WriteLine(await _here.Tables.GetAsync<string>("SELECT coalesce(string_agg(DISTINCT reason || ': ' || error, E'\n'), '') FROM recollect.pending WHERE status = 'Parked'"));
        Assert.Equal(Workers, _here.Log("worker").Split('\n').Count(line => line.Contains("MemoryWorker: Working on the queue", StringComparison.Ordinal))); // one file of all of them
        Assert.Equal(Conversations, stored + parked);
        Assert.InRange(parked, refused, refused + (Conversations / 100)); // a call may fail four times in a row
        Assert.InRange(again, 0, inHand);
    }
}
