using System.Text.Json.Nodes;
using Recollect.Ingest.Sources;
using Recollect.State;

namespace Recollect.Connectors.Service;

/// <summary>Notes in the ledger of the service what became of conversations. What is put on the queue, and when again, is the service's business.</summary>
/// <param name="api">Calls the service, which knows its source and the owners itself.</param>
internal sealed class ServiceQueuedConversations(ServiceApi api) : IQueuedConversations
{
    private const string Refusal = "The ledger of the queue is kept by the service, which alone puts conversations on the queue. Trigger them there.";

    /// <inheritdoc/>
    public ValueTask NoteAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedConversation>> FilterNewAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => throw Refused();

    /// <summary>Takes nothing: the service sends itself what is due again.</summary>
    /// <param name="source">Is not used.</param>
    /// <param name="now">Is not used.</param>
    /// <param name="resendBefore">Is not used.</param>
    /// <param name="top">Is not used.</param>
    /// <param name="cancellationToken">Is not used.</param>
    public ValueTask<IReadOnlyList<string>> TakeDueAsync(string source, DateTimeOffset now, DateTimeOffset resendBefore, int top, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> TakeAsync(string source, IReadOnlyCollection<string> threads, DateTimeOffset now, CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask UnsendAsync(string source, IReadOnlyCollection<string> threads, CancellationToken cancellationToken) => throw Refused();

    /// <inheritdoc/>
    public ValueTask PostponeAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => PostAsync("/postpone", conversations, isDue: true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask FinishAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken) => PostAsync("/finish", conversations, isDue: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DropDoneAsync(string source, DateTimeOffset before, CancellationToken cancellationToken) => throw Refused();

    /// <summary>Counts nothing: what waits is the service's to watch.</summary>
    /// <param name="source">Is not used.</param>
    /// <param name="cancellationToken">Is not used.</param>
    public ValueTask<QueuedCount> CountAsync(string source, CancellationToken cancellationToken) => ValueTask.FromResult(new QueuedCount(0, null));

    private static StateStoreException Refused() => new(Refusal);

    private async ValueTask PostAsync(string route, IReadOnlyCollection<QueuedConversation> conversations, bool isDue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        if (conversations.Count == 0)
        {
            return;
        }

        var entries = conversations.Select(one => isDue
            ? new JsonObject { ["id"] = one.Thread, ["updated_at"] = one.UpdatedAt, ["due_at"] = one.DueAt }
            : new JsonObject { ["id"] = one.Thread, ["updated_at"] = one.UpdatedAt });
        try
        {
            await api.PostAsync(route, new() { ["conversations"] = new JsonArray([.. entries]) }, cancellationToken);
        }
        catch (SourceException ex)
        {
            throw new StateStoreException(ex.Message, ex.IsTransient, ex.InnerException);
        }
    }
}
