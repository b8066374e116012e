using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Sessions;

namespace Recollect.Connectors.Postgres.Sessions;

/// <summary>Keeps sessions in a PostgreSQL database, for bots on several hosts. The lock of a chat belongs to the transaction that changes its sessions.</summary>
internal sealed class PostgresSessionStore : ISessionStore, IAsyncDisposable, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "postgres";

    private const int Page = 500;

    private static readonly PostgresUse Use = new()
    {
        Section = PostgresSessionOptions.SectionName,
        Fail = static (message, isTransient, cause) => new SessionStoreException(message, isTransient, cause),
        RightsAdvice = "GRANT CREATE ON DATABASE to it for the first start and after updates; "
            + "after that USAGE ON SCHEMA recollect and SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA recollect are enough.",
        NamesAdvice = "The schema recollect was changed by hand: restore it, or drop its tables and schema_versions to begin anew.",
    };

    private readonly PostgresDatabase _database;

    /// <summary>Initializes a new instance of the <see cref="PostgresSessionStore"/> class.</summary>
    /// <param name="options">Which database.</param>
    public PostgresSessionStore(IOptions<PostgresSessionOptions> options) =>
        _database = new(options.Value.ConnectionString, options.Value.CommandTimeout, Use, "sessions", SessionSchema.Migrations);

    /// <inheritdoc/>
    public string Name => StoreName;

    /// <inheritdoc/>
    public ValueTask<TResult> InChatAsync<TResult>(string chat, Func<IChatSessions, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(work);
        var key = long.Parse(StableHash.Of(sizeof(long), "session", chat), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return _database.WriteAsync(async (connection, token) =>
        {
            await connection.RunAsync("SELECT pg_advisory_xact_lock($1)", [key], token);
            return await work(new PostgresChatSessions(connection, chat), token);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Session> ListAsync(bool archived, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var condition = $"s.id > $1 AND s.storage_path IS {(archived ? "NOT " : "")}NULL ORDER BY s.id LIMIT {Page.ToString(CultureInfo.InvariantCulture)}";
        for (var last = ""; ;)
        {
            var page = await _database.ReadAsync((connection, token) => connection.SessionsAsync(condition, [ExactText.Encode(last)], token), cancellationToken);
            foreach (var session in page)
            {
                yield return session;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Session>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await _database.ReadAsync((connection, token) => connection.SessionsAsync("s.id = ANY($1)", [ids.Texts()], token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await _database.ReadAsync((connection, token) => connection.MessagesAsync(session.Id, newest, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetAsync(string chat, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return _database.WriteAsync((connection, token) => connection.RunAsync("DELETE FROM recollect.sessions WHERE chat = $1", [ExactText.Encode(chat)], token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var live = await _database.ReadAsync((connection, token) => connection.ValueAsync<long>("SELECT count(*) FROM recollect.sessions WHERE storage_path IS NULL", [], token), cancellationToken);
            return new(Healthy: true, string.Create(CultureInfo.InvariantCulture, $"{_database.Server} holds {live} sessions"));
        }
        catch (SessionStoreException ex)
        {
            return new(Healthy: false, ex.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
