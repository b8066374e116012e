using Recollect.Conversations;

namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: finding messages and memories by their words.</summary>
/// <remarks>
/// Passes <c>LexicalSearchConformance</c>. Every member is safe to call concurrently. Words are compared as
/// <see cref="Text.SearchText"/> writes them, both in the index and in the question.
/// </remarks>
public interface ILexicalSearch
{
    /// <summary>The most neighbours of a message that can be asked for, on each side.</summary>
    const int MostNeighbours = 10;

    /// <summary>Finds the messages that hold some of the terms, each with those before and after it in its conversation.</summary>
    /// <param name="visibility">The only memories to look at.</param>
    /// <param name="terms">Terms as <see cref="Text.SearchText"/> writes them; any other text is safe and finds nothing. Empty: nothing is found.</param>
    /// <param name="top">How many messages at the most, neighbours not counted; at least 1. The best are taken.</param>
    /// <param name="neighbours">How many messages on each side are given along; 0 to <see cref="MostNeighbours"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    ValueTask<MessageCandidates> SearchMessagesAsync(Visibility visibility, IReadOnlyList<string> terms, int top, int neighbours, CancellationToken cancellationToken);

    /// <summary>Finds the memories whose title, summary, topics or facts hold some of the terms.</summary>
    /// <param name="visibility">The only memories to look at.</param>
    /// <param name="terms">Terms as <see cref="Text.SearchText"/> writes them; any other text is safe and finds nothing. Empty: nothing is found.</param>
    /// <param name="top">How many memories at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Best first; of equal ones by id.</returns>
    ValueTask<IReadOnlyList<LexicalMatch>> SearchMemoriesAsync(Visibility visibility, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken);
}
