using Recollect.Conversations;

namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: finding messages by their words.</summary>
/// <remarks>Passes <c>LexicalSearchConformance</c>. Every member is safe to call concurrently.</remarks>
public interface ILexicalSearch
{
    /// <summary>Finds the messages that hold some of the terms, in their own text or in that of their neighbours.</summary>
    /// <param name="visibility">The only memories to look at.</param>
    /// <param name="terms">Words to find; any text is safe. Empty: nothing is found.</param>
    /// <param name="top">How many messages at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Best first.</returns>
    ValueTask<IReadOnlyList<MessageMatch>> SearchMessagesAsync(Visibility visibility, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken);

    /// <summary>Finds the memories whose whole conversation, summary and topics hold some of the terms.</summary>
    /// <param name="visibility">The only memories to look at.</param>
    /// <param name="terms">Words to find; any text is safe. Empty: nothing is found.</param>
    /// <param name="top">How many memories at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Best first.</returns>
    ValueTask<IReadOnlyList<LexicalMatch>> SearchMemoriesAsync(Visibility visibility, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken);
}
