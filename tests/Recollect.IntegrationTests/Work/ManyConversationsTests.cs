using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Servers;
using Recollect.State;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Work;

/// <summary>A trigger over very many conversations of which nothing is to be done.</summary>
[Collection(PostgresTests.Name)]
public sealed class ManyConversationsTests(PostgresServer postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Conversations = TestSize.Of(5_000, full: 1_000_000);

    private Backend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await Backend.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task A_trigger_without_a_change_is_answered_by_an_index()
    {
        var connection = _backend.Tables.Database.ConnectionString;
        await _backend.ServeAsync(null, ("Stores:Use", "postgres"), ("Stores:Postgres:ConnectionString", connection), ("State:Use", "postgres"), ("State:Postgres:ConnectionString", connection));
        await _backend.Tables.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO conversations (user_id, updated_at) SELECT 1 + n % 7, now() - interval '3 hours' - n * interval '1 second' FROM generate_series(1, {Conversations}) AS n;
            INSERT INTO messages (conversation_id, content, is_user, timestamp) SELECT id, 'A message.', true, updated_at FROM conversations;
            ANALYZE conversations; ANALYZE messages;
            """));
        var trigger = _backend.Server.Services.GetRequiredService<MemoryTrigger>();
        await _backend.Server.Services.GetRequiredService<IStateStore>().Watermarks.AdvanceAsync("trigger:backend", DateTimeOffset.UtcNow.AddHours(-2.5), CancellationToken.None); // as a trigger leaves it that saw them all

        Assert.Equal(new(0, 0), await trigger.TriggerAsync(most: null, CancellationToken.None));
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(new(0, 0), await trigger.TriggerAsync(most: null, CancellationToken.None));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Conversations} conversations, nothing changed: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms"));

        var plan = string.Join('\n', await _backend.Tables.ListAsync("""
            EXPLAIN SELECT id FROM conversations c WHERE updated_at <= now() - interval '2 hours' AND updated_at > now() - interval '155 minutes' AND updated_at IS NOT NULL
                AND EXISTS (SELECT FROM messages m WHERE m.conversation_id = c.id) ORDER BY updated_at, id
            """));
        Assert.Contains("conversations_updated_at_idx", plan, StringComparison.Ordinal);
    }
}
