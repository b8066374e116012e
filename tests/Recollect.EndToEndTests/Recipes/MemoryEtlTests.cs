using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe <c>memory-etl</c> from end to end, in processes of its own.</summary>
[Collection(PostgresTests.Name)]
public sealed class MemoryEtlTests(PostgresServer server, ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>One or two messages now and then, and one conversation of 2,500.</summary>
    private const string Lengths = "CASE WHEN c = 100 THEN 2500 WHEN c % 20 = 3 THEN 1 + c % 2 ELSE 3 + c % 5 END";

    private const int Conversations = 378;

    private static readonly (int Conversations, int Kills) Size = Workplace.IsFull ? (5_000, 50) : (500, 6);
    private static readonly int Many = Workplace.IsFull ? 100_000 : 1_200;

    private readonly Random _random = new(20_261_126);
    private MemoryEtlPlace _here = null!;

    private static int TooShort => Enumerable.Range(1, Conversations).Count(c => c % 20 == 3);

    public async ValueTask InitializeAsync() => _here = await MemoryEtlPlace.CreateAsync(server);

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task A_backfill_is_accounted_for_exactly_and_a_second_one_embeds_and_writes_nothing_from_either_source()
    {
        await _here.AddAsync(1, Conversations, Lengths);
        _here.Place.Variables["RECOLLECT__Embedding__OpenAi__Linger"] = "0.2s"; // long enough for others to come, however busy the machine is

        var first = await _here.RunAsync("backfill");

        Assert.Equal((Conversations, TooShort, Conversations - TooShort), (first.Number("read"), first.GetProperty("skipped").Number("too_short"), first.Number("created")));
        Assert.Equal(Conversations - TooShort, _here.Graph.Graph.Nodes.Count);
        output.WriteLine($"{Conversations} conversations, {first.Number("messages")} messages: {_here.Embedder.Calls.Count} requests with {_here.Texts} texts, {_here.Writes} writes");
        Assert.InRange(_here.Embedder.Calls.Count, 1, _here.Texts / 2); // many conversations share one
        var nodes = _here.Nodes();
        var (requests, writes) = (_here.Embedder.Calls.Count, _here.Writes);

        foreach (var source in new[] { "supabase", "postgres" })
        {
            _here.Place.Variables["RECOLLECT__Sources__Use"] = source;
            var again = await _here.RunAsync("backfill");
            Assert.Equal((Conversations, 0L, 0L, Conversations - TooShort), (again.Number("read"), again.Number("created"), again.Number("updated"), again.Number("unchanged")));
        }

        Assert.Equal((requests, writes), (_here.Embedder.Calls.Count, _here.Writes));
        Assert.Equal(nodes, _here.Nodes());
    }

    [Fact]
    public async Task One_message_more_is_one_update_and_what_was_updated_in_one_night_all_arrives()
    {
        await _here.AddAsync(1, Size.Conversations, "3");
        Assert.Equal(Size.Conversations, (await _here.RunAsync("backfill")).Number("created"));
        await _here.ExecuteAsync("""
            INSERT INTO messages (id, conversation_id, role, content, created_at) VALUES (70005, 7, 'user', 'One more.', (now() AT TIME ZONE 'UTC') - interval '2 hours');
            UPDATE conversations SET updated_at = (now() AT TIME ZONE 'UTC') - interval '90 minutes' WHERE id = 7;
            """);
        var writes = _here.Writes;

        var one = await _here.RunAsync("nightly");

        Assert.Equal((1L, 0L, 1L, 1), (one.Number("updated"), one.Number("created"), one.GetProperty("embedding").Number("texts"), _here.Writes - writes));

        await _here.ExecuteAsync("""
            INSERT INTO messages (id, conversation_id, role, content, created_at) SELECT id * 10000 + 9, id, 'user', 'And more.', (now() AT TIME ZONE 'UTC') - interval '80 minutes' FROM conversations;
            UPDATE conversations SET updated_at = (now() AT TIME ZONE 'UTC') - interval '70 minutes';
            """);
        var all = await _here.RunAsync("nightly");
        Assert.Equal(Size.Conversations, all.Number("updated"));
    }

    [Fact]
    public async Task Killed_at_any_moment_it_ends_as_undisturbed_and_pays_twice_for_what_was_in_flight_at_most()
    {
        const int inFlight = 32; // Runs:Concurrency of the recipe
        await _here.AddAsync(1, Size.Conversations, "3");
        _here.Embedder.Latency = TimeSpan.FromMilliseconds(20);
        _here.Place.Variables["RECOLLECT__Embedding__OpenAi__MaxInputs"] = "16";
        var step = Math.Max(1, Size.Conversations / 16 / (Size.Kills + 2));
        var kills = 0;
        for (var tries = 0; kills < Size.Kills && tries < Size.Kills * 3; tries++)
        {
            kills += await KillAsync(_here.Embedder.Calls.Count + _random.Next(0, step + 1));
        }

        var last = await _here.RunAsync("backfill");

        Assert.Equal(Size.Conversations, last.Number("created") + last.Number("unchanged"));
        Assert.Equal(0, last.Sum("failed"));
        var repeated = _here.Texts - Size.Conversations;
        output.WriteLine($"{kills} kills; {repeated} of {_here.Texts} texts were embedded twice");
        Assert.InRange(repeated, 0, kills * inFlight);
        var killed = _here.Nodes();
        _here.Graph.Graph.Nodes.Clear();
        await _here.RunAsync("backfill", "--data-root", "undisturbed");
        Assert.Equal(_here.Nodes(), killed);
    }

    [Theory]
    [InlineData("supabase")]
    [InlineData("postgres")]
    public async Task Memory_stays_flat_however_many_conversations_a_backfill_reads(string source)
    {
        await _here.AddAsync(1, Many / 4, "3");
        _here.Place.Variables["RECOLLECT__Sources__Use"] = source;
        _here.UseDimensions(1_536);

        var few = await PeakAsync("few");
        await _here.AddAsync((Many / 4) + 1, Many - (Many / 4), "3");
        _here.Graph.Forget();
        var many = await PeakAsync("many");

        output.WriteLine($"{source}: at most {few / 1024} MiB for {Many / 4} conversations, {many / 1024} MiB for {Many}");
        Assert.InRange(many, 1, Workplace.IsFull ? few + (few / 3) : 256 * 1024); // few conversations end before the collector has seen a need to work
    }

    [Fact]
    public async Task Each_user_recalls_their_own_memories_and_nobody_elses()
    {
        await _here.AddAsync(1, 60, "3");
        await _here.RunAsync("backfill");

        for (var user = 0; user < 7; user++)
        {
            var found = (await _here.Place.JsonAsync("recall", "Message 1 of talk about the budget", "--user", $"user {user}", "--top", "50")).GetProperty("memories").EnumerateArray().ToArray();
            Assert.InRange(found.Length, 1, Enumerable.Range(1, 60).Count(c => c % 7 == user)); // what the made-up vectors call unlike is left out
            Assert.All(found, memory => Assert.Equal($"user {user}", memory.GetProperty("user_id").GetString()));
        }
    }

    [Fact]
    public async Task What_is_wrong_with_each_part_is_named_by_the_doctor()
    {
        await _here.AddAsync(1, 3, "3");
        Assert.True((await _here.Place.JsonAsync("doctor")).GetProperty("healthy").GetBoolean());

        _here.Place.Variables["NEO4J_PASSWORD"] = "WRONG-PASSWORD";
        _here.Place.Variables["SUPABASE_SERVICE_ROLE_KEY"] = "sb_secret_WRONG";
        var sick = await _here.Place.RunAsync("doctor");

        Assert.Equal(3, sick.ExitCode);
        Assert.Contains("FAIL source supabase", sick.Output, StringComparison.Ordinal);
        Assert.Contains("FAIL store neo4j", sick.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", sick.Output + sick.Error, StringComparison.Ordinal);
    }

    private async Task<int> KillAsync(int calls)
    {
        using var process = _here.Place.Start("backfill");
        while (_here.Embedder.Calls.Count <= calls)
        {
            if (await process.EndsWithinAsync(TimeSpan.FromMilliseconds(1)))
            {
                return 0;
            }
        }

        await process.KillAsync();
        return 1;
    }

    /// <summary>Gets the most memory of its own, in KiB, that a backfill was seen to hold whenever it asked for vectors.</summary>
    private async Task<long> PeakAsync(string dataRoot)
    {
        using var process = _here.Place.Start("backfill", "--json", "--data-root", dataRoot);
        var most = 0L;
        _here.Embedder.Script(_ =>
        {
            most = Math.Max(most, process.AnonymousKibibytes);
            return null;
        });
        var result = await process.EndAsync();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(_here.Graph.Graph.Nodes.Count, Workplace.JsonOf(result).Number("created"));
        return most;
    }
}
