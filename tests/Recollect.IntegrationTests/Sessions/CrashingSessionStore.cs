using Recollect.Sessions;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>Hands on to a store until the plan says that the process dies.</summary>
internal sealed class CrashingSessionStore(ISessionStore inner, Func<CrashPlan> plan) : ISessionStore
{
    public string Name => inner.Name;

    public ValueTask<TResult> InChatAsync<TResult>(string chat, Func<IChatSessions, CancellationToken, ValueTask<TResult>> work, CancellationToken cancellationToken) =>
        inner.InChatAsync(chat, (sessions, token) => work(new Sessions(sessions, plan()), token), cancellationToken);

    public IAsyncEnumerable<Session> ListAsync(bool archived, CancellationToken cancellationToken) => inner.ListAsync(archived, cancellationToken);

    public ValueTask<IReadOnlyList<Session>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => plan().StepAsync(() => inner.GetAsync(ids, cancellationToken));

    public ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken) =>
        plan().StepAsync(() => inner.ReadMessagesAsync(session, newest, cancellationToken));

    public ValueTask<int> ForgetAsync(string chat, CancellationToken cancellationToken) => inner.ForgetAsync(chat, cancellationToken);

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => inner.DiagnoseAsync(cancellationToken);

    private sealed class Sessions(IChatSessions inner, CrashPlan plan) : IChatSessions
    {
        public ValueTask<IReadOnlyList<Session>> ListAsync(bool archived, CancellationToken cancellationToken) => plan.StepAsync(() => inner.ListAsync(archived, cancellationToken));

        public ValueTask<SessionMessage?> GetMessageAsync(Session session, string id, CancellationToken cancellationToken) => plan.StepAsync(() => inner.GetMessageAsync(session, id, cancellationToken));

        public ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken) =>
            plan.StepAsync(() => inner.ReadMessagesAsync(session, newest, cancellationToken));

        public async ValueTask SaveAsync(Session session, IReadOnlyCollection<SessionMessage> messages, CancellationToken cancellationToken) => await plan.StepAsync(async () =>
        {
            await inner.SaveAsync(session, messages, cancellationToken);
            return true;
        });

        public async ValueTask ArchiveAsync(Session session, CancellationToken cancellationToken) => await plan.StepAsync(async () =>
        {
            await inner.ArchiveAsync(session, cancellationToken);
            return true;
        });
    }
}
