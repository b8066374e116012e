using System.Globalization;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>Four workers on one queue, a model that fails, and everything that can be killed killed.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class WorkersTests(RabbitMqServer broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 4;
    private const int InHand = 20; // conversations of one worker: Runs:Concurrency of the recipe, and a quarter more

    private static readonly int Conversations = Workplace.IsFull ? 2_000 : 200;

    private readonly PostgresServer _database = PostgresServer.OfItsOwn();
    private readonly FaultyModel _model = new();
    private BackendBrainPlace _here = null!;

    public async ValueTask InitializeAsync()
    {
        _here = await BackendBrainPlace.CreateAsync(_database);
        _here.Place.Variables["RECOLLECT__Runs__ParkAfterRuns"] = "1";
        _here.Model.Latency = TimeSpan.FromMilliseconds(200);
        _here.Model.KeepsCalls = false;
        _here.Model.Script(_model.Answer);
        await _here.Tables.AddAsync(Conversations);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Every_conversation_is_stored_or_parked_over_RabbitMQ()
    {
        await UseRabbitMqAsync("calm");

        await WorkAsync([]);

        await AssertDoneAsync(kills: 0);
    }

    [Fact]
    public async Task Brokers_databases_and_workers_that_are_killed_change_nothing_over_RabbitMQ()
    {
        await UseRabbitMqAsync("storm");

        await WorkAsync(
        [
            KillWorkerAsync,
            RestartBrokerAsync,
            () => _database.RestartAsync(),
            KillWorkerAsync,
            RestartBrokerAsync,
        ]);

        await AssertDoneAsync(kills: 2 + Workers); // two workers, and what each had in hand when the database went away
    }

    private async Task UseRabbitMqAsync(string queue)
    {
        await broker.StartAsync();
        _here.Place.Variables["QUEUE"] = "rabbitmq";
        _here.Place.Variables["RABBITMQ_URL"] = broker.Url;
        _here.Place.Variables["RECOLLECT__Queue__RabbitMq__Queue"] = queue;
    }

    private async Task RestartBrokerAsync()
    {
        await broker.KillAsync();
        await broker.StartAsync();
    }

    private async Task KillWorkerAsync() => await _here.Workers.First(worker => !worker.IsKilled).KillAsync();

    /// <summary>Triggers, works, and does something at each step of the way.</summary>
    private async Task WorkAsync(IReadOnlyList<Func<Task>> blows)
    {
        await _here.ServeAsync();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"queued for {Conversations} conversations (out of {Conversations}"), await _here.TriggerAsync(), StringComparison.Ordinal);
        for (var i = 0; i < Workers; i++)
        {
            _here.StartWorker();
        }

        var struck = 0;
        await _here.UntilDoneAsync(Conversations, async stored =>
        {
            if (struck < blows.Count && stored > Conversations * (struck + 1) / (blows.Count + 2))
            {
                await blows[struck++]();
            }
        });
        Assert.Equal(blows.Count, struck);
    }

    private async Task AssertDoneAsync(int kills)
    {
        var (stored, parked) = await _here.CountAsync();
        var refused = Enumerable.Range(1, Conversations).Count(FaultyModel.IsRefused);
        var again = _model.Completed.Values.Sum(times => times - 1);
        output.WriteLine($"{stored} stored, {parked} parked, {again} generated again");
        Assert.Equal(Conversations, stored + parked);
        Assert.InRange(parked, refused, refused + (Conversations / 100)); // a call may fail four times in a row
        Assert.InRange(again, 0, kills * InHand);
    }
}
