using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Recollect.Samples.ConsoleChat;

/// <summary>Stands in for a model, so that the sample runs offline: answers with what memory put before the question.</summary>
internal sealed class QuotingModel : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var recalled = messages.Where(message => message.Text.StartsWith("<recalled-memories>", StringComparison.Ordinal)).Select(message => message.Text).LastOrDefault();
        var quotes = recalled?.Split('\n').Where(line => line.StartsWith("  - user,", StringComparison.Ordinal)).Take(3).ToArray() ?? [];
        var answer = quotes.Length == 0 ? "I will remember that." : "Earlier you said:\n" + string.Join('\n', quotes);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType?.IsInstanceOfType(this) == true && serviceKey is null ? this : null;

    public void Dispose()
    {
    }
}
