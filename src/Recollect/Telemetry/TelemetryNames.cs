namespace Recollect.Telemetry;

/// <summary>The names of traces, metrics and their tags. <c>docs/observability.md</c> lists them with their units.</summary>
/// <remarks>No tag holds text of conversations, questions, prompts, keys, or names of users.</remarks>
public static class TelemetryNames
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string Source = "Recollect";

    /// <summary>Span: conversations are put on the work queue. Its id travels with the messages.</summary>
    public const string SpanTrigger = "recollect.trigger";

    /// <summary>Span: a message of the work queue is worked on; a child of what sent it.</summary>
    public const string SpanBatch = "recollect.batch";

    /// <summary>Span: a run, from its lock to its report.</summary>
    public const string SpanRun = "recollect.run";

    /// <summary>Span: the memory of one conversation is made. The root of a trace of its own, linked to the run.</summary>
    public const string SpanConversation = "recollect.conversation";

    /// <summary>Span: the writer writes, once; each try again is another one.</summary>
    public const string SpanWrite = "recollect.write";

    /// <summary>Span: the vectors of a conversation are made, once; each try again is another one.</summary>
    public const string SpanEmbed = "recollect.embed";

    /// <summary>Span: a memory is stored, once; each try again is another one.</summary>
    public const string SpanStore = "recollect.store";

    /// <summary>Span: a question is answered from memory.</summary>
    public const string SpanRecall = "recollect.recall";

    /// <summary>Counter: conversations that runs accounted for.</summary>
    public const string MetricConversations = "recollect.conversations";

    /// <summary>Histogram, in seconds: one call of a model.</summary>
    public const string MetricModelDuration = "recollect.model.duration";

    /// <summary>Counter: tokens of model calls.</summary>
    public const string MetricModelTokens = "recollect.model.tokens";

    /// <summary>Histogram, in seconds: one call of the embedder.</summary>
    public const string MetricEmbeddingDuration = "recollect.embedding.duration";

    /// <summary>Counter: tokens of embedding calls, of runs and of questions.</summary>
    public const string MetricEmbeddingTokens = "recollect.embedding.tokens";

    /// <summary>Histogram, in seconds: one write of the memory store.</summary>
    public const string MetricStoreDuration = "recollect.store.duration";

    /// <summary>Histogram, in seconds: one question, from the words to the memories.</summary>
    public const string MetricRecallDuration = "recollect.recall.duration";

    /// <summary>Histogram, in seconds: one message to a bot, without the time of the model and of an embedder outside.</summary>
    public const string MetricTurnDuration = "recollect.turn.duration";

    /// <summary>Counter: failures of memory that a chat client passed over to answer all the same.</summary>
    public const string MetricChatFailures = "recollect.chat.failures";

    /// <summary>Gauge: messages that wait in the queue.</summary>
    public const string MetricQueueWaiting = "recollect.queue.waiting";

    /// <summary>Gauge: messages that workers have in hand; absent where the broker does not tell.</summary>
    public const string MetricQueueTaken = "recollect.queue.taken";

    /// <summary>Gauge: dead letters; absent where the broker does not tell.</summary>
    public const string MetricQueueDead = "recollect.queue.dead";

    /// <summary>Gauge: conversations that were triggered and are not done, those in a pause after a failure included.</summary>
    public const string MetricQueueConversations = "recollect.queue.conversations";

    /// <summary>Gauge, in seconds: how long ago the oldest conversation was sent that is not answered; 0 where there is none.</summary>
    public const string MetricQueueAge = "recollect.queue.age";

    /// <summary>Tag: the id of a run, as the journal has it.</summary>
    public const string TagRunId = "run_id";

    /// <summary>Tag: the id of a conversation, as recall and status print it.</summary>
    public const string TagConversationId = "conversation_id";

    /// <summary>Tag: the kind of run: <c>backfill</c>, <c>nightly</c>, <c>retry</c> or <c>batch</c>.</summary>
    public const string TagMode = "mode";

    /// <summary>Tag: what became of it.</summary>
    public const string TagOutcome = "outcome";

    /// <summary>Tag: why it was skipped or failed, as reports count it.</summary>
    public const string TagReason = "reason";

    /// <summary>Tag: a number of conversations.</summary>
    public const string TagConversations = "conversations";

    /// <summary>Tag: a number of messages of a conversation.</summary>
    public const string TagMessages = "messages";

    /// <summary>Tag: a number of memories made.</summary>
    public const string TagMade = "made";

    /// <summary>Tag: a number of conversations that failed.</summary>
    public const string TagFailed = "failed";

    /// <summary>Tag: how often a message was delivered, this time included.</summary>
    public const string TagDeliveries = "deliveries";

    /// <summary>Tag: the queue, as configuration names it.</summary>
    public const string TagQueue = "queue";

    /// <summary>Tag: the writer, as configuration names it.</summary>
    public const string TagWriter = "writer";

    /// <summary>Tag: the memory store, as configuration names it.</summary>
    public const string TagStore = "store";

    /// <summary>Tag: the model of a writer or an embedder.</summary>
    public const string TagModel = "model";

    /// <summary>Tag: tokens sent.</summary>
    public const string TagInputTokens = "input_tokens";

    /// <summary>Tag: tokens received.</summary>
    public const string TagOutputTokens = "output_tokens";

    /// <summary>Tag: a number of texts embedded.</summary>
    public const string TagTexts = "texts";

    /// <summary>Tag: <see cref="DirectionInput"/> or <see cref="DirectionOutput"/>.</summary>
    public const string TagDirection = "direction";

    /// <summary>Tag: what is recalled, <c>conversation</c> or <c>message</c>.</summary>
    public const string TagBy = "by";

    /// <summary>Tag: how many answers were found.</summary>
    public const string TagResults = "results";

    /// <summary>Value of <see cref="TagOutcome"/> of a call: it gave what was asked.</summary>
    public const string OutcomeSucceeded = "succeeded";

    /// <summary>Value of <see cref="TagOutcome"/> of a call or a span: it did not.</summary>
    public const string OutcomeFailed = "failed";

    /// <summary>Value of <see cref="TagOutcome"/> of a span: it was stopped.</summary>
    public const string OutcomeCancelled = "cancelled";

    /// <summary>Value of <see cref="TagReason"/> of a chat's failure: nothing was recalled before the answer.</summary>
    public const string ReasonRecall = "recall";

    /// <summary>Value of <see cref="TagReason"/> of a chat's failure: the answer was not kept.</summary>
    public const string ReasonRemember = "remember";

    /// <summary>Value of <see cref="TagDirection"/>: tokens sent.</summary>
    public const string DirectionInput = "input";

    /// <summary>Value of <see cref="TagDirection"/>: tokens received.</summary>
    public const string DirectionOutput = "output";
}
