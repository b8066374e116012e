using System.Diagnostics;
using System.Globalization;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>What more workers bring while the model is the bottleneck; printed, and not held to.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class WorkerRatesTests(RabbitMqServer broker, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Concurrency = 4; // calls at once of one worker
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);
    private static readonly int Conversations = Workplace.IsFull ? 400 : 8; // of each worker

    private readonly PostgresServer _database = PostgresServer.OfItsOwn();
    private BackendBrainPlace _here = null!;

    public async ValueTask InitializeAsync()
    {
        await broker.StartAsync();
        _here = await BackendBrainPlace.CreateAsync(_database);
        var variables = _here.Place.Variables;
        variables["QUEUE"] = "rabbitmq";
        variables["RABBITMQ_URL"] = broker.Url;
        variables["RECOLLECT__Queue__RabbitMq__Queue"] = "rates";
        variables["RECOLLECT__Runs__Concurrency"] = Concurrency.ToString(CultureInfo.InvariantCulture);
        variables["RECOLLECT__Worker__BatchSize"] = "10";
        _here.Model.Latency = Latency;
        _here.Model.KeepsCalls = false;
        await _here.ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Rates_of_one_two_and_four_workers()
    {
        var one = 0.0;
        foreach (var workers in new[] { 1, 2, 4 })
        {
            while (_here.Workers.Count < workers)
            {
                _here.StartWorker();
            }

            await RateAsync(Concurrency * workers); // until all are warm
            var rate = await RateAsync(Conversations * workers);
            one = workers == 1 ? rate : one;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workers} workers: {rate:F1}/s of {workers * Concurrency / Latency.TotalSeconds:F0}/s, {rate / one / workers:F2} of one worker's rate each"));
        }
    }

    /// <summary>Lets conversations be made, and tells how many a second were from the first call of the model to the last.</summary>
    private async Task<double> RateAsync(int conversations)
    {
        long first = 0, last = 0;
        _here.Model.Script(_ =>
        {
            Interlocked.CompareExchange(ref first, Stopwatch.GetTimestamp(), 0);
            Interlocked.Exchange(ref last, Stopwatch.GetTimestamp());
            return null;
        });
        var (before, _) = await _here.CountAsync();
        await _here.Tables.AddAsync(conversations, quiet: "121 minutes");
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"queued for {conversations} conversations"), await _here.TriggerAsync(), StringComparison.Ordinal);
        await _here.UntilDoneAsync(before + conversations);
        return conversations / (Stopwatch.GetElapsedTime(first, last) + Latency).TotalSeconds;
    }
}
