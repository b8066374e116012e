using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>Tells whether a conversation has ended and is long enough to be memorised.</summary>
internal sealed class Settlement(IOptions<SegmentationOptions> options)
{
    /// <summary>Gets the longest silence within a conversation.</summary>
    public TimeSpan Window => options.Value.Window;

    /// <summary>Gets a value indicating whether a next message could still continue the conversation.</summary>
    public bool IsOpen(Conversation conversation, DateTimeOffset now) => now - conversation.EndedAt <= Window;

    /// <summary>Gets a value indicating whether the conversation has too few messages.</summary>
    public bool IsTooShort(Conversation conversation) => conversation.Messages.Count < options.Value.MinMessages;
}
