using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.Sessions;

/// <summary>Reads ended sessions as conversations, archived ones too.</summary>
internal sealed class SessionSource(ISessionStore sessions, IOptions<SessionOptions> options, IOptions<SourceOptions> source, TimeProvider time) : ISource, IConversationListing
{
    /// <summary>The name in configuration.</summary>
    public const string SourceName = "sessions";

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <summary>Gets what names a session's conversation: the owner is the chat.</summary>
    /// <param name="session">The session.</param>
    /// <param name="sourceName">The configured name of the source.</param>
    public static ThreadKey KeyOf(Session session, string sourceName) => new() { Source = sourceName, Owner = new() { User = session.Chat }, Thread = session.Id };

    /// <inheritdoc/>
    /// <remarks>A session that has become a memory is deleted some day; its memory stays.</remarks>
    public bool KeepsWhatItGave => false;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        return ReadEndedAsync(request, observer, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => sessions.DiagnoseAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedConversation> ListAsync(DateTimeOffset? after, DateTimeOffset until, CancellationToken cancellationToken) =>
        ListedAsync(session => (after is not { } moment || session.LastActive > moment) && session.LastActive <= until, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedConversation> ListOfUserAsync(string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return ListedAsync(session => string.Equals(session.Chat, user, StringComparison.Ordinal), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ListedConversation>> FindAsync(IReadOnlyCollection<string> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        return [.. (await sessions.GetAsync(threads, cancellationToken)).Where(IsListed).Select(Listed)];
    }

    private async IAsyncEnumerable<SourceMessage> ReadEndedAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var given = request.Threads is { } threads ? (await sessions.GetAsync(threads, cancellationToken)).ToAsyncEnumerable() : AllAsync(cancellationToken);
        var wanted = request.Conversations.ToHashSet(StringComparer.Ordinal);
        var read = 0;
        await foreach (var session in given.WithCancellation(cancellationToken))
        {
            var key = KeyOf(session, source.Value.Name);
            var isOld = session.IsArchived && request.Threads is null && session.LastActive < request.ChangedSince && !wanted.Contains(Conversation.IdOfGiven(key));
            if (isOld || !session.HasEnded(options.Value.Timeout, time.GetUtcNow()))
            {
                continue;
            }

            var thread = new SourceThread { Key = key, IsConversation = true, UpdatedAt = session.LastActive };
            foreach (var message in await sessions.ReadMessagesAsync(session, int.MaxValue, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new() { Thread = thread, Message = MessageOf(message) };
            }

            observer.OnProgress(++read, total: null);
        }
    }

    private async IAsyncEnumerable<Session> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var archived in new[] { false, true }) // what is archived meanwhile is given twice, and never left out
        {
            await foreach (var session in sessions.ListAsync(archived, cancellationToken))
            {
                yield return session;
            }
        }
    }

    private static Message MessageOf(SessionMessage message) => new()
    {
        Id = message.Id,
        Role = string.Equals(message.Role, Roles.Assistant, StringComparison.Ordinal) ? Roles.Assistant : Roles.User, // the original names people by their roles
        Text = message.Text,
        SentAt = message.SentAt,
        Author = message.SenderName,
        OrderKey = message.Order.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Position = message.Order,
    };

    private async IAsyncEnumerable<ListedConversation> ListedAsync(Func<Session, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ListedConversation>(StringComparer.Ordinal);
        await foreach (var session in AllAsync(cancellationToken))
        {
            if (IsListed(session) && isWanted(session))
            {
                found[session.Id] = Listed(session);
            }
        }

        foreach (var listed in found.Values.OrderBy(static listed => listed.UpdatedAt))
        {
            yield return listed;
        }
    }

    private bool IsListed(Session session) => session.MessageIds.Count > 0 && session.HasEnded(options.Value.Timeout, time.GetUtcNow());

    private ListedConversation Listed(Session session) => new(KeyOf(session, source.Value.Name), session.LastActive);
}
