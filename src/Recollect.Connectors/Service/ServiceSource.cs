using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.Service;

/// <summary>Reads single conversations of the service's own source, as they are there: with the same names, owners and ids.</summary>
/// <remarks>It cannot tell which conversations there are: it reads those that a message of the queue names, and nothing else.</remarks>
/// <param name="api">Calls the service.</param>
internal sealed class ServiceSource(ServiceApi api) : ISource
{
    /// <inheritdoc/>
    public string Name => ServiceServices.PartName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var threads = request.Threads ?? throw new SourceException(
            "The source service gives only conversations that a message of the queue names. Start \"recollect worker\" here, and runs where the service is.");
        var done = 0;
        foreach (var thread in threads)
        {
            foreach (var message in await FindAsync(thread, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
            }

            observer.OnProgress(++done, threads.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => api.DiagnoseAsync(cancellationToken);

    private async ValueTask<IReadOnlyList<SourceMessage>> FindAsync(string thread, CancellationToken cancellationToken)
    {
        var answer = await api.FindAsync($"/conversation?id={Uri.EscapeDataString(thread)}", ServiceJson.Readable.ConversationAnswer, cancellationToken);
        try
        {
            return answer is null ? [] : [.. answer.ToMessages()];
        }
        catch (ArgumentException ex)
        {
            throw new SourceException("The service gave a conversation without an owner. Run the same version of Recollect on both sides.", isTransient: false, ex);
        }
    }
}
