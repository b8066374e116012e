using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Webhook.Imported;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>Keeps <c>conversation_memories.json</c> and <c>processed_conversations.json</c> in the data root as the program before wrote them.</summary>
internal sealed class MemoryCronMirror(IMemoryStore store, SentBefore sentBefore, IOptions<SourceOptions> source, IOptions<DataOptions> data) : IMirror
{
    /// <summary>The name in configuration.</summary>
    public const string MirrorName = "memory-cron";

    /// <inheritdoc/>
    public string Name => MirrorName;

    private string MemoriesPath => Path.Combine(data.Value.Root, FileNames.Memories);

    private string ProcessedPath => Path.Combine(data.Value.Root, FileNames.Processed);

    /// <inheritdoc/>
    public ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        sentBefore.TakeOver();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask RefreshAsync(Action<string> onNotice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onNotice);
        try
        {
            var stored = await StoredMemories.FindAsync(store, source.Value.Name, cancellationToken);
            var remains = await ImportedRemains.FindAsync(sentBefore.Imported, stored, cancellationToken);
            await WriteAsync(stored, remains, cancellationToken);
            Report(remains, onNotice);
        }
        catch (MemoryStoreException ex)
        {
            throw new DeliveryException($"{MemoriesPath} is not up to date, because the store could not be read: {ex.Message}", ex.IsTransient, ex);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{MemoriesPath} and {FileNames.Processed} are not up to date, because they cannot be written: {ex.Message} Mend that; the next run writes them.", isTransient: false, ex);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        try
        {
            var imported = sentBefore.Imported;
            var remains = await ImportedRemains.FindAsync(imported, await StoredMemories.FindAsync(store, source.Value.Name, cancellationToken), cancellationToken);
            var forgotten = ForgottenImports.Of(imported, remains, WellFormedText.Of(user));
            cancellationToken.ThrowIfCancellationRequested();
            if (forgotten.Count > 0)
            {
                sentBefore.Keep(forgotten.KeptRecords, forgotten.KeptEntries);
            }

            return forgotten.Count;
        }
        catch (MemoryStoreException ex)
        {
            throw new DeliveryException($"What was sent before could not be compared with the store: {ex.Message} Forget the user again when that is mended.", ex.IsTransient, ex);
        }
    }

    private async ValueTask WriteAsync(StoredMemories stored, ImportedRemains remains, CancellationToken cancellationToken)
    {
        RemoveUnfinished(MemoriesPath);
        RemoveUnfinished(ProcessedPath);
        using var memoriesFile = new ListFile(MemoriesPath, FileNames.MemoryList);
        using var processedFile = new ListFile(ProcessedPath, FileNames.ProcessedList);
        var memories = new MemoryRows(memoriesFile, [.. remains.Records]);
        var processed = new ProcessedRows(processedFile, [.. remains.Entries]);
        await foreach (var record in stored.ReadAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            var memory = record.Memory;
            var written = WebhookData.Read(memory.Data);
            memories.Add(record, written);
            processed.Add(new(memory.Thread.Workspace ?? string.Empty, memory.Thread.Thread, SoughtConversation.SecondOf(memory.StartedAt), written?.ProcessedAt ?? memory.EndedAt, memory.Id));
        }

        memories.End();
        processed.End();
        cancellationToken.ThrowIfCancellationRequested();
        memoriesFile.Complete();
        processedFile.Complete();
    }

    private void Report(ImportedRemains remains, Action<string> onNotice)
    {
        if (sentBefore.TakeNews() is not { } news)
        {
            return;
        }

        foreach (var line in remains.Describe())
        {
            onNotice(line);
        }

        if (news.SentAgain > 0)
        {
            onNotice(string.Create(CultureInfo.InvariantCulture, $"Sent before in an older version, and posted again as they are now: {news.SentAgain:N0}."));
        }
    }

    private static void RemoveUnfinished(string path)
    {
        if (File.Exists(path + ReplacedFile.Unfinished)) // what a killed run left behind
        {
            File.Delete(path + ReplacedFile.Unfinished);
        }
    }
}
