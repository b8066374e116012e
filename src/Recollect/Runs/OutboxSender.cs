using Microsoft.Extensions.Logging;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Runs;

/// <summary>Sends stored memories on. What is owed is noted before the memory is stored, so that a crash loses no delivery.</summary>
internal sealed partial class OutboxSender(IStateStore state, IMemoryStore store, FailureHandler failures, ChosenDelivery chosen, ILogger<OutboxSender> logger)
{
    private readonly IDelivery? _delivery = chosen.Delivery;

    /// <summary>Notes that a memory is to be delivered once it is stored.</summary>
    public async ValueTask OweAsync(Memory memory, CancellationToken cancellationToken)
    {
        if (_delivery is not null)
        {
            await state.Outbox.EnqueueAsync(new(_delivery.Name, KeyOf(memory), memory.Id, memory.Owner.Tenant, memory.Owner.User), cancellationToken);
        }
    }

    /// <summary>Delivers a memory that is stored. A failure leaves it owed.</summary>
    public async ValueTask SendAsync(Memory memory, RunLedger ledger, CancellationToken cancellationToken)
    {
        if (_delivery is null)
        {
            return;
        }

        var key = KeyOf(memory);
        try
        {
            await failures.TryAsync(
                async token =>
                {
                    await _delivery.DeliverAsync(memory, key, token);
                    return true;
                },
                onFailure: null,
                cancellationToken);
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // the memory is stored, whatever the receiver does
        {
            ledger.Delivered(succeeded: false);
            LogOwed(logger, memory.Id, FailureHandler.ErrorOf(ex));
            return;
        }

        ledger.Delivered(succeeded: true);
        await state.Outbox.RemoveAsync(_delivery.Name, key, CancellationToken.None); // the receiver has it
    }

    /// <summary>Delivers what earlier runs left owed. What was superseded meanwhile is not owed any more.</summary>
    public async ValueTask SendOwedAsync(Run run, CancellationToken cancellationToken)
    {
        if (_delivery is null || run.Request.DryRun || run.Request.Mode == RunMode.Batch) // what is owed may just be sent by another batch
        {
            return;
        }

        foreach (var owed in await state.Outbox.ListAsync(_delivery.Name, cancellationToken))
        {
            var stored = await store.GetAsync([owed.MemoryId], cancellationToken);
            if (stored is [var record] && string.Equals(KeyOf(record.Memory), owed.Key, StringComparison.Ordinal))
            {
                await SendAsync(record.Memory, run.Ledger, cancellationToken);
            }
            else
            {
                await state.Outbox.RemoveAsync(_delivery.Name, owed.Key, cancellationToken);
            }
        }
    }

    private static string KeyOf(Memory memory) =>
        $"{memory.Id}-{StableHash.Of(16, memory.Fingerprint.ContentHash, memory.Fingerprint.MadeBy)}";

    [LoggerMessage(1201, LogLevel.Warning, "The delivery of memory {MemoryId} failed and stays owed: {Error}")]
    private static partial void LogOwed(ILogger logger, string memoryId, string error);
}
