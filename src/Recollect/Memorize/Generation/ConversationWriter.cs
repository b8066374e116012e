using System.Text.Json;
using Recollect.Conversations;
using Recollect.State;
using Recollect.Telemetry;

namespace Recollect.Memorize.Generation;

/// <summary>Lets the writer write, and keeps what one outside gave until it is stored, so that it is not asked twice.</summary>
/// <remarks>Safe to call concurrently.</remarks>
/// <param name="writer">The writer.</param>
/// <param name="state">Keeps what was given.</param>
/// <param name="places">Bounds the calls under way.</param>
/// <param name="fallback">Writes what the writer fails on for good; null: nobody does.</param>
internal sealed class ConversationWriter(IMemoryWriter writer, IStateStore state, CallPlaces places, IMemoryWriter? fallback = null)
{
    /// <summary>What marks a memory that the fallback wrote, in its data.</summary>
    public const string FallbackData = """{"type":"session_summary_fallback","summarization_failed":true}""";

    /// <summary>Gets a value indicating whether something else writes what the writer fails on for good.</summary>
    public bool HasFallback => fallback is not null;

    /// <summary>Gets everything that changes what is written; part of the fingerprint.</summary>
    public string Version => writer.Version;

    /// <summary>Lets a new run spend from the start.</summary>
    public void BeginRun() => writer.BeginRun();

    /// <summary>Says what writing a conversation would cost.</summary>
    public ModelUsage Forecast(Conversation conversation) => writer.Forecast(conversation);

    /// <summary>Writes one conversation, or gives what was written of it before a crash.</summary>
    /// <exception cref="RecollectException">Nothing acceptable could be written.</exception>
    public ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken) =>
        Tracing.WithinAsync(TelemetryNames.SpanWrite, async span =>
        {
            span?.Tag(TelemetryNames.TagWriter, writer.Name);
            try
            {
                var written = await WriteOrTakeAsync(conversation, cancellationToken);
                Note(span, written.Usage);
                return written;
            }
            catch (GenerationException ex)
            {
                Note(span, ex.Usage); // failed calls cost, too
                throw;
            }
        });

    /// <summary>Writes a conversation that the writer failed on for good, and marks what is written.</summary>
    public async ValueTask<WrittenMemory> WriteFallbackAsync(Conversation conversation, CancellationToken cancellationToken) =>
        await fallback!.WriteAsync(conversation, cancellationToken) with { Data = FallbackData };

    /// <summary>Forgets what was kept of a conversation that is stored now.</summary>
    public ValueTask DropPaidAsync(Conversation conversation, CancellationToken cancellationToken) =>
        writer.IsRemote ? state.PaidWritings.DropAsync(conversation.Id, cancellationToken) : ValueTask.CompletedTask;

    private static void Note(TraceSpan? span, ModelUsage usage)
    {
        span?.Tag(TelemetryNames.TagInputTokens, usage.InputTokens);
        span?.Tag(TelemetryNames.TagOutputTokens, usage.OutputTokens);
    }

    private async ValueTask<WrittenMemory> WriteOrTakeAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (!writer.IsRemote)
        {
            return await writer.WriteAsync(conversation, cancellationToken);
        }

        var key = StableHash.Of(16, writer.Version, conversation.ContentHash);
        if (await state.PaidWritings.GetAsync(conversation.Id, key, cancellationToken) is { } kept)
        {
            return JsonSerializer.Deserialize(kept, WrittenMemoryJson.Default.WrittenMemory)! with { IsDelivered = false, Usage = default };
        }

        var written = await places.CallAsync(token => writer.WriteAsync(conversation, token), cancellationToken);
        await state.PaidWritings.KeepAsync(
            new(conversation.Id, conversation.Owner.Tenant, conversation.Owner.User), key, JsonSerializer.Serialize(written, WrittenMemoryJson.Default.WrittenMemory), CancellationToken.None); // it was given: nothing takes that back
        return written;
    }
}
