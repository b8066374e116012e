using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>A model that answers with what it is asked, or fails when the test says so; it keeps what it was given.</summary>
internal sealed class ChatModel : IChatClient
{
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<ChatMessage>> _given = [];

    public Exception? Failure { get; set; }

    /// <summary>Gets every context that it was given.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Given
    {
        get
        {
            lock (_lock)
            {
                return [.. _given];
            }
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] given = [.. messages];
        lock (_lock)
        {
            _given.Add(given);
        }

        await Task.Yield();
        yield return new(ChatRole.Assistant, "You said: ");
        if (Failure is not null)
        {
            throw Failure;
        }

        yield return new(ChatRole.Assistant, given[^1].Text);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
