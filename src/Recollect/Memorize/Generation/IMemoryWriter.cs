using Recollect.Conversations;

namespace Recollect.Memorize.Generation;

/// <summary>Writes what is kept of a conversation.</summary>
/// <remarks>Passes <c>MemoryWriterConformance</c>. Every member is safe to call concurrently.</remarks>
public interface IMemoryWriter
{
    /// <summary>Gets the name that configuration uses to choose this writer.</summary>
    string Name { get; }

    /// <summary>Gets everything that changes what is written: algorithm or prompt version, model, schema, settings. Part of the fingerprint.</summary>
    string Version { get; }

    /// <summary>Gets a value indicating whether writing leaves the machine, so that what was given is kept until it is stored and not asked for twice.</summary>
    bool IsRemote { get; }

    /// <summary>Gets a value indicating whether a conversation of which something is stored is never written again, even when it grew.</summary>
    bool WritesOnce { get; }

    /// <summary>Lets a new run spend from the start. A writer that spends nothing has nothing to do.</summary>
    void BeginRun()
    {
    }

    /// <summary>Says what <see cref="WriteAsync"/> would cost, without retries: input as estimated, output as the most that may come. Nothing where writing is free.</summary>
    /// <param name="conversation">The conversation, whole.</param>
    ModelUsage Forecast(Conversation conversation) => default;

    /// <summary>Writes one conversation.</summary>
    /// <param name="conversation">The conversation, whole.</param>
    /// <param name="cancellationToken">Stops writing; a call that was already sent to a model may still be billed.</param>
    /// <returns>What was written; every citation names a message of the conversation and every quote is a substring of it.</returns>
    /// <exception cref="GenerationException">Nothing acceptable could be written.</exception>
    /// <exception cref="RecollectException">The receiver that writes refused or could not be reached (a <c>DeliveryException</c>).</exception>
    ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken);

    /// <summary>Checks that it can write, without handing anything to a receiver, and says how to mend it where it cannot.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
