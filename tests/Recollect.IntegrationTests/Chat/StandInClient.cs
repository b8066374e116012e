using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Recollect.IntegrationTests.Chat;

/// <summary>A chat client without a model: keeps what it was sent and answers as it is told.</summary>
internal sealed class StandInClient(Func<IReadOnlyList<ChatMessage>, ChatResponse>? answer = null) : IChatClient
{
    public List<IReadOnlyList<ChatMessage>> Sent { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public string LastSent => string.Join('\n', Sent[^1].Select(message => message.Text));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChatMessage[] sent = [.. messages];
        lock (Sent)
        {
            Sent.Add(sent);
            Options.Add(options);
        }

        return Task.FromResult(answer?.Invoke(sent) ?? new ChatResponse(new ChatMessage(ChatRole.Assistant, "Noted.")));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var word in response.Text.Split(' '))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(ChatRole.Assistant, word + " ");
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
