using System.Globalization;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.IntegrationTests.Tables;

/// <summary>Both ways to the same tables give the same, record for record, and all of it.</summary>
[Collection(PostgresTests.Name)]
public sealed class TwoWaysTests(PostgresServer server) : IAsyncDisposable
{
    private const int Conversations = 378;
    private const int LongOne = 2500;

    /// <summary>Conversations of none, one or two messages and one of 2,500; questions and answers of one instant, nulls, fractions of seconds, all kinds of text.</summary>
    private const string History = """
        INSERT INTO conversations
        SELECT {c}, nullif((n % 5)::text, '0'), CASE WHEN n % 3 > 0 THEN 'Title ' || n END, NULL, timestamp '2026-01-01 10:00:00' + (n / 4) * interval '1.25 hours'
        FROM generate_series(1, 378) n;
        INSERT INTO messages
        SELECT {m}, {c}, CASE WHEN m % 2 = 1 THEN 'user' ELSE 'assistant' END, m % 2 = 1,
            CASE WHEN (n + m) % 11 > 0 THEN format(E'Message %s of %s: "quoted" \\ \t\n 🥖 שלום + %%', m, n) END,
            timestamp '2026-01-01 10:00:00' + n * interval '1.25 hours' + ((m - 1) / 2) * interval '1.1005 seconds'
        FROM generate_series(1, 378) n, generate_series(1, CASE WHEN n = 200 THEN 2500 ELSE n % 3 END) m;
        """;

    private TableBench? _bench;

    [Theory]
    [InlineData("int", "timestamp", 1000)]
    [InlineData("bigint", "timestamptz", 1000)]
    [InlineData("uuid", "timestamp", 1000)]
    [InlineData("int", "timestamptz", 97)]
    public async Task They_give_the_same_record_for_record(string id, string time, int maxRows)
    {
        var bench = await FilledAsync(id, time, maxRows);

        var supabase = await bench.ReadAsync(bench.Supabase());
        var notices = bench.Observer.Notices;
        var (done, total) = bench.Observer.Progress[^1];
        var postgres = await bench.ReadAsync(bench.Postgres());

        Assert.Equal(Conversations + LongOne - 2, supabase.Count);
        Assert.Equal(postgres.Select(Describe), supabase.Select(Describe), StringComparer.Ordinal);
        Assert.Equal(["126 conversations have no messages and were passed over."], notices, StringComparer.Ordinal);
        Assert.Equal(notices, bench.Observer.Notices, StringComparer.Ordinal);
        Assert.Equal((Conversations, (long?)Conversations), (done, total));
        Assert.Equal(bench.Observer.Progress[^1], (done, total));
        Assert.Empty(bench.Observer.Unreadable);
        Assert.All(supabase, message => Assert.True(message.Thread.IsConversation));
        Assert.Contains(supabase, message => message.Message.Text.Length == 0);
    }

    [Fact]
    public async Task A_cap_of_seven_rows_cuts_nothing()
    {
        var bench = await FilledAsync("int", "timestamp", maxRows: 7);

        var read = await bench.ReadAsync(bench.Supabase());

        var longOne = read.Where(message => message.Thread.Key.Thread is "200").Select(message => message.Message).ToArray();
        Assert.Equal(Conversations + LongOne - 2, read.Count);
        Assert.Equal(LongOne, longOne.Length);
        Assert.Equal(Enumerable.Range(1, LongOne).Select(m => m.ToString(CultureInfo.InvariantCulture)), longOne.Select(message => message.Id), StringComparer.Ordinal);
        Assert.Equal(["2026-01-11T20:00:00", "2026-01-11T20:00:00", "2026-01-11T20:00:01.1005"], longOne.Take(3).Select(message => message.Metadata["created_at"]), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("int", "timestamp")]
    [InlineData("uuid", "timestamptz")]
    public async Task Five_thousand_conversations_of_one_night_all_arrive(string id, string time)
    {
        const int Many = 5000;
        var bench = _bench = await TableBench.StartAsync(server, id, time);
        await bench.ExecuteAsync(Typed(id, """
            INSERT INTO conversations SELECT {c}, 'u', NULL, NULL, timestamp '2026-05-01 02:00:00' + (n % 3) * interval '1 microsecond' FROM generate_series(1, 5000) n;
            INSERT INTO messages SELECT {m}, {c}, 'user', true, 'hello', timestamp '2026-05-01' FROM generate_series(1, 5000) n, generate_series(1, 1) m;
            """));
        await bench.ServeAsync();
        var night = new ReadRequest { ChangedSince = new DateTimeOffset(2026, 5, 1, 2, 0, 0, TimeSpan.Zero) };

        var supabase = await bench.ReadAsync(bench.Supabase(), night);
        var postgres = await bench.ReadAsync(bench.Postgres(), night);

        Assert.Equal(Many, supabase.Select(message => message.Thread.Key.Thread).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(postgres.Select(Describe), supabase.Select(Describe), StringComparer.Ordinal);
        Assert.Empty(await bench.ReadAsync(bench.Supabase(), night with { ChangedSince = night.ChangedSince!.Value.AddTicks(30) }));
    }

    [Fact]
    public async Task An_added_message_brings_exactly_its_conversation()
    {
        var bench = await FilledAsync("int", "timestamp", maxRows: 1000);
        var night = new ReadRequest { ChangedSince = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero) };
        Assert.Empty(await bench.ReadAsync(bench.Supabase(), night));
        await bench.ExecuteAsync("""
            INSERT INTO messages VALUES (9001, 17, 'user', true, 'one more', '2026-05-02 01:02:03.5');
            UPDATE conversations SET updated_at = '2026-05-02 01:02:03.5' WHERE id = 17;
            """);

        foreach (var source in (ISource[])[bench.Supabase(), bench.Postgres()])
        {
            var read = await bench.ReadAsync(source, night);

            Assert.Equal(["1", "2", "9001"], read.Select(message => message.Message.Id), StringComparer.Ordinal);
            Assert.All(read, message => Assert.Equal("17", message.Thread.Key.Thread));
            Assert.All(read, message => Assert.Equal(new DateTimeOffset(2026, 5, 2, 1, 2, 3, 500, TimeSpan.Zero), message.Thread.UpdatedAt));
        }
    }

    [Fact]
    public async Task A_night_reads_back_to_what_is_pending_and_always_what_has_no_time()
    {
        var bench = _bench = await TableBench.StartAsync(server);
        await bench.ExecuteAsync("""
            INSERT INTO conversations VALUES (1, 'u', NULL, NULL, '2026-01-01'), (2, 'u', NULL, NULL, '2026-02-01'), (3, 'u', NULL, NULL, '2026-03-01'), (4, 'u', NULL, NULL, NULL);
            INSERT INTO messages SELECT n, n, 'user', true, 'hello', '2026-01-01' FROM generate_series(1, 4) n;
            """);
        await bench.ServeAsync(maxRows: 1);
        var march = new ReadRequest { ChangedSince = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) };
        var february = march.ChangedSince.Value.AddMonths(-1);

        foreach (var source in (ISource[])[bench.Supabase(), bench.Postgres()])
        {
            Assert.Equal(["3", "4"], await ThreadsAsync(bench, source, march), StringComparer.Ordinal);
            Assert.Equal(["2", "3", "4"], await ThreadsAsync(bench, source, march with { Conversations = ["hash"], ConversationsSince = february }), StringComparer.Ordinal);
            Assert.Equal(["1", "2", "3", "4"], await ThreadsAsync(bench, source, march with { Conversations = ["hash"] }), StringComparer.Ordinal);
            Assert.Equal(["1", "2", "3", "4"], await ThreadsAsync(bench, source, ReadRequest.Everything), StringComparer.Ordinal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }
    }

    private async Task<TableBench> FilledAsync(string id, string time, int maxRows)
    {
        _bench = await TableBench.StartAsync(server, id, time);
        await _bench.ExecuteAsync(Typed(id, History));
        return await _bench.ServeAsync(maxRows);
    }

    private static string Typed(string id, string statements) => id is "uuid"
        ? statements.Replace("{c}", "md5(n::text)::uuid", StringComparison.Ordinal).Replace("{m}", "md5(n || '/' || m)::uuid", StringComparison.Ordinal)
        : statements.Replace("{c}", "n", StringComparison.Ordinal).Replace("{m}", "m", StringComparison.Ordinal);

    private static async Task<IEnumerable<string>> ThreadsAsync(TableBench bench, ISource source, ReadRequest request) =>
        (await bench.ReadAsync(source, request)).Select(message => message.Thread.Key.Thread).Order(StringComparer.Ordinal);

    private static string Describe(SourceMessage message) => string.Join('|', [
        message.Thread.ToString(), message.Message.Id, message.Message.Role, message.Message.Text, message.Message.SentAt.ToString("O", CultureInfo.InvariantCulture),
        message.Message.OrderKey, .. message.Message.Metadata.Select(pair => $"{pair.Key}={pair.Value}")]);
}
