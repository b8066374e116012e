using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>All messages of one thread partition in <see cref="MessageOrder"/>, as a stream that can be read once.</summary>
/// <param name="Thread">The partition.</param>
/// <param name="Messages">The messages; duplicates of an id are possible.</param>
internal sealed record ThreadMessages(SourceThread Thread, IEnumerable<Message> Messages);
