using Recollect.Conversations;

namespace Recollect.Ingest.Changes;

/// <summary>A conversation beside what is stored of its thread.</summary>
/// <param name="Conversation">The conversation as the source has it.</param>
/// <param name="Kind">How it stands to what is stored of it.</param>
/// <param name="Fingerprint">What its memory would be made from and how.</param>
/// <param name="Rivals">Ids of other memories of the thread that cover some of the same time, and so may hold the same messages.</param>
/// <param name="KeepsWriting">Whether what is stored was written of the same content by the same writer, so that it need not be written again.</param>
internal sealed record ConversationChange(Conversation Conversation, ChangeKind Kind, Fingerprint Fingerprint, IReadOnlyList<string> Rivals, bool KeepsWriting);
