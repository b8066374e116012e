using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Recollect.Benchmarks;

/// <summary>A model that answers at once, so that what is measured is everything else.</summary>
internal sealed class InstantModel : IChatClient
{
    private static readonly string Answer = string.Concat(Enumerable.Repeat("The appointment is on Tuesday at nine. ", 12));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new(ChatRole.Assistant, Answer);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
