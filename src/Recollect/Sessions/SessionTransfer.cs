using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;
using Recollect.Work;

namespace Recollect.Sessions;

/// <summary>Makes the memories of ended sessions, and archives those whose memory is stored.</summary>
/// <remarks>Safe to call concurrently, also from several processes: who makes a memory has claimed the session.</remarks>
internal sealed partial class SessionTransfer(
    ISessionStore sessions, BatchRunner runner, IMemoryStore memories,
    IOptions<SourceOptions> source, IOptions<SegmentationOptions> segmentation, IOptions<LongTermOptions> longTerm, ILogger<SessionTransfer> logger)
{
    /// <summary>Transfers sessions; what fails is logged, stays as it is, and stops no other.</summary>
    /// <param name="ended">Ended sessions that are not archived.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many are left.</returns>
    public async ValueTask<int> TryAsync(IReadOnlyCollection<Session> ended, CancellationToken cancellationToken)
    {
        if (!longTerm.Value.Enabled) // they wait until it is switched on
        {
            return ended.Count;
        }

        try
        {
            var done = await MemorizeAsync(ended, cancellationToken);
            var archived = 0;
            foreach (var session in done)
            {
                archived += await TryArchiveAsync(session, cancellationToken) ? 1 : 0;
            }

            return ended.Count - archived;
        }
        catch (RecollectException ex)
        {
            LogFailed(logger, ended.Count, ex.Message);
            return ended.Count;
        }
    }

    /// <summary>Makes memories; gives the sessions of which nothing remains to be made.</summary>
    private async ValueTask<IReadOnlyList<Session>> MemorizeAsync(IReadOnlyCollection<Session> ended, CancellationToken cancellationToken)
    {
        List<Session> done = [];
        List<Session> owed = [];
        foreach (var session in ended)
        {
            var messages = session.IsTransferred ? [] : await sessions.ReadMessagesAsync(session, int.MaxValue, cancellationToken);
            (messages.Count < segmentation.Value.MinMessages ? done : owed).Add(session); // of an empty one, or one that is too short, there is no memory
        }

        if (owed.Count > 0)
        {
            if (!string.Equals(source.Value.Use, SessionSource.SourceName, StringComparison.Ordinal))
            {
                throw new ConfigurationException($"Sources:Use is \"{source.Value.Use}\"; ended sessions become memories with \"{SessionSource.SourceName}\".");
            }

            LogTransferring(logger, owed.Count);
            await runner.RunAsync([.. owed.Select(static session => session.Id)], CancellationToken.None, cancellationToken);
            var threads = owed.ToDictionary(session => Conversation.IdOfGiven(SessionSource.KeyOf(session, source.Value.Name)), StringComparer.Ordinal);
            var stored = await memories.GetHeadersAsync([.. owed.Select(session => SessionSource.KeyOf(session, source.Value.Name))], cancellationToken);
            done.AddRange(stored.Select(header => threads.GetValueOrDefault(header.Id)).OfType<Session>().Distinct());
        }

        return done;
    }

    private async ValueTask<bool> TryArchiveAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            await sessions.InChatAsync(session.Chat, async (chat, token) =>
            {
                await chat.ArchiveAsync(session, token);
                return true;
            }, cancellationToken);
            return true;
        }
        catch (SessionStoreException ex) // the next sweep archives it
        {
            LogFailed(logger, 1, ex.Message);
            return false;
        }
    }

    [LoggerMessage(8201, LogLevel.Information, "Session expired, transferring to long-term memory: {Count}")]
    private static partial void LogTransferring(ILogger logger, int count);

    [LoggerMessage(8202, LogLevel.Warning, "Ended sessions were not archived and are tried again: {Count}: {Error}")]
    private static partial void LogFailed(ILogger logger, int count, string error);
}
