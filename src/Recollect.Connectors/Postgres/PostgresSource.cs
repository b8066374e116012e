using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Postgres;

/// <summary>Reads conversations from tables of a PostgreSQL database.</summary>
internal sealed class PostgresSource : ISource, IConversationListing, IAsyncDisposable, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string SourceName = "postgres";

    private static readonly PostgresUse Use = new()
    {
        Section = PostgresOptions.SectionName,
        Fail = static (message, isTransient, cause) => new SourceException(message, isTransient, cause),
        RightsAdvice = "GRANT SELECT on both tables to it, and USAGE on their schema.",
        NamesAdvice = $"Correct the names under {TableOptions.SectionName}.",
        TypesAdvice = $"Let {TableOptions.SectionName}:UpdatedAt name a column of times, and the ids numbers, UUIDs or text.",
        SlowAdvice = $"Add an index on the column that {TableOptions.SectionName}:UpdatedAt names.",
    };

    private readonly TableShape _shape;
    private readonly string _sourceName;
    private readonly TimeProvider _time;
    private readonly NpgsqlDataSource _database;
    private readonly PostgresFailures _failures;

    /// <summary>Initializes a new instance of the <see cref="PostgresSource"/> class.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="tables">Which tables.</param>
    /// <param name="source">The name under which the conversations are known.</param>
    /// <param name="time">Tells which messages lie in the future.</param>
    public PostgresSource(IOptions<PostgresOptions> options, IOptions<TableOptions> tables, IOptions<SourceOptions> source, TimeProvider time)
    {
        (_shape, _sourceName, _time) = (new(tables.Value), source.Value.Name, time);
        var connection = ConnectionText.Read(options.Value.ConnectionString);
        connection.CommandTimeout = (int)options.Value.CommandTimeout.TotalSeconds;
        connection.ApplicationName ??= "recollect";
        connection.Enlist = false;
        _failures = new(connection, Use);
        _database = NpgsqlDataSource.Create(connection);
    }

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        return ReadSnapshotAsync(request, observer, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var snapshot = await PostgresSnapshot.OpenAsync(_database, _shape, _failures, cancellationToken);
            var page = await snapshot.ReadConversationsAsync(new() { Limit = 1 }, cancellationToken);
            var some = page.Rows.Select(row => TableFields.Text(row, _shape.Columns.ConversationId)).OfType<string>().ToArray();
            await snapshot.ReadConversationsAsync(new() { Limit = 1, Since = DateTimeOffset.UnixEpoch }, cancellationToken);
            await foreach (var _ in snapshot.ReadMessagesAsync(some, cancellationToken))
            {
                break;
            }

            return new(
                Healthy: true,
                string.Create(CultureInfo.InvariantCulture, $"{_failures.Server} shows {page.Total ?? 0} rows of {_shape.Conversations}, with messages in {_shape.Messages}"),
                await AdviceAsync(snapshot, cancellationToken));
        }
        catch (SourceException ex)
        {
            return new(Healthy: false, ex.Message);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedConversation> ListAsync(DateTimeOffset? after, DateTimeOffset until, CancellationToken cancellationToken) =>
        ListedAsync((snapshot, token) => ValueTask.FromResult(snapshot.ListAsync(after, until, token)), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedConversation> ListOfUserAsync(string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return ListedAsync(
            async (snapshot, token) => _shape.Columns.UserId.Length == 0 || await snapshot.FittingAsync(_shape.Conversations, _shape.Columns.UserId, [user], token) is [_] ? snapshot.ListOfUserAsync(user, token) : AsyncEnumerable.Empty<JsonElement>(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ListedConversation>> FindAsync(IReadOnlyCollection<string> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        return await ListedAsync(async (snapshot, token) => snapshot.FindAsync(await FittingIdsAsync(snapshot, threads, token), token), cancellationToken).ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private async IAsyncEnumerable<SourceMessage> ReadSnapshotAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var snapshot = await PostgresSnapshot.OpenAsync(_database, _shape, _failures, cancellationToken);
        if (request.Threads is { } threads)
        {
            request = request with { Threads = await FittingIdsAsync(snapshot, threads, cancellationToken) };
        }

        await foreach (var message in new TableReader(_shape, _sourceName, snapshot, _time).ReadAsync(request, observer, cancellationToken))
        {
            yield return message;
        }
    }

    private ValueTask<IReadOnlyList<string>> FittingIdsAsync(PostgresSnapshot snapshot, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        snapshot.FittingAsync(_shape.Conversations, _shape.Columns.ConversationId, ids, cancellationToken);

    private async IAsyncEnumerable<ListedConversation> ListedAsync(
        Func<PostgresSnapshot, CancellationToken, ValueTask<IAsyncEnumerable<JsonElement>>> list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var snapshot = await PostgresSnapshot.OpenAsync(_database, _shape, _failures, cancellationToken);
        var mapping = new TableMapping(_shape, _sourceName, _time);
        await foreach (var row in await list(snapshot, cancellationToken))
        {
            if (mapping.Conversation(row) is { Thread: { UpdatedAt: { } updatedAt } thread })
            {
                yield return new(thread.Key, updatedAt);
            }
        }
    }

    private async ValueTask<string?> AdviceAsync(PostgresSnapshot snapshot, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        foreach (var (table, column) in new[] { (_shape.Conversations, _shape.Columns.UpdatedAt), (_shape.Messages, _shape.Columns.MessageConversation) })
        {
            if (await snapshot.LacksIndexAsync(table, column, cancellationToken))
            {
                missing.Add($"CREATE INDEX CONCURRENTLY ON {PostgresStatements.Quoted(table)} ({PostgresStatements.Quoted(column)});");
            }
        }

        return missing.Count == 0 ? null : $"Reading gets faster with an index: {string.Join(' ', missing)}";
    }
}
