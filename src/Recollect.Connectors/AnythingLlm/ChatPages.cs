using System.Runtime.CompilerServices;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Asks for page after page, and believes no end that may be a failure: AnythingLLM answers with an empty list when its database fails.</summary>
/// <param name="api">Makes the calls.</param>
/// <param name="retries">Makes them again.</param>
internal sealed class ChatPages(AnythingLlmApi api, ApiRetries retries)
{
    private const int DoubtfulAnswers = 2; // so many empty answers to the first call are asked again before anything else is
    private const int StepsBack = 100; // so many pages may vanish at the end while they are read
    private const int RepeatedPages = 3;

    /// <summary>Reads all pages, newest first. Rows may come twice, because chats that arrive meanwhile move the others on.</summary>
    /// <param name="expectsChats">Whether earlier runs found chats.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SourceException">The server refused or could not be reached.</exception>
    public async IAsyncEnumerable<ChatPage> ReadAsync(bool expectsChats, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatPage page;
        var last = string.Empty;
        var repeated = 0;
        for (var offset = 0; ; offset++)
        {
            page = offset == 0 ? await ReadFirstAsync(expectsChats, cancellationToken) : await ReadNextAsync(offset, cancellationToken);
            repeated = string.Equals(page.Hash, last, StringComparison.Ordinal) ? repeated + 1 : 0;
            if (repeated == RepeatedPages)
            {
                throw retries.Describe(api.Failures.OfRepeatedPage());
            }

            last = page.Hash;
            yield return page;
            if (!page.HasPages)
            {
                break;
            }
        }
    }

    private ValueTask<ChatPage> ReadFirstAsync(bool expectsChats, CancellationToken cancellationToken)
    {
        var doubtful = expectsChats ? DoubtfulAnswers : 0;
        return retries.TryAsync(
            async token =>
            {
                var page = await ReadFilledOrLastAsync(0, token);
                return !page.IsEmpty || (doubtful-- <= 0 && !await HasHistoryAsync(token)) ? page : throw api.Failures.OfSwallowedError();
            },
            cancellationToken);
    }

    private ValueTask<ChatPage> ReadNextAsync(int offset, CancellationToken cancellationToken) => retries.TryAsync(
        async token =>
        {
            var page = await ReadFilledOrLastAsync(offset, token);
            return page.IsEmpty ? await FindLastAsync(offset, token) : page;
        },
        cancellationToken);

    private async ValueTask<ChatPage> ReadFilledOrLastAsync(int offset, CancellationToken cancellationToken)
    {
        var page = await api.ReadPageAsync(offset, cancellationToken);
        return page is { IsEmpty: true, HasPages: true } ? throw api.Failures.OfSwallowedError() : page;
    }

    /// <summary>After an end that the page before did not announce: chats were deleted meanwhile if the server now announces it, else something failed.</summary>
    private async ValueTask<ChatPage> FindLastAsync(int offset, CancellationToken cancellationToken)
    {
        for (var before = offset - 1; before >= 0 && offset - before <= StepsBack; before--)
        {
            var page = await ReadFilledOrLastAsync(before, cancellationToken);
            if (!page.IsEmpty)
            {
                return page.HasPages ? throw api.Failures.OfSwallowedError() : page;
            }
        }

        throw api.Failures.OfSwallowedError();
    }

    /// <summary>Asks on another way whether there are chats. A server that does not have this way is believed.</summary>
    private async ValueTask<bool> HasHistoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var workspace in await api.ReadWorkspacesAsync(cancellationToken))
            {
                if (await api.HasHistoryAsync(workspace, cancellationToken))
                {
                    return true;
                }
            }
        }
        catch (ApiException ex) when (!ex.IsTransient) // this version has no such route, or the key does not reach it
        {
            return false;
        }

        return false;
    }
}
