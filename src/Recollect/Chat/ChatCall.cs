using Microsoft.Extensions.AI;
using Recollect.Conversations;

namespace Recollect.Chat;

/// <summary>One call of a chat client with memory.</summary>
/// <param name="Messages">What the caller sends.</param>
/// <param name="Turn">What is new in it.</param>
/// <param name="Owner">Whose chat it is.</param>
/// <param name="Thread">Which one of theirs.</param>
/// <param name="AskedAt">When it came.</param>
/// <param name="HoldsHistory">Whether the messages are the whole chat; else the provider keeps it, and they are the newest only.</param>
/// <param name="Inner">The options for the client inside: without what is meant for memory.</param>
internal sealed record ChatCall(
    IReadOnlyList<ChatMessage> Messages, ChatTurn Turn, Owner Owner, string Thread, DateTimeOffset AskedAt, bool HoldsHistory, ChatOptions? Inner)
{
    /// <summary>Reads a call.</summary>
    /// <exception cref="InvalidOperationException">Nobody says whose chat it is.</exception>
    public static ChatCall Of(IReadOnlyList<ChatMessage> messages, ChatOptions? chat, ChatMemorySettings options, DateTimeOffset now)
    {
        var owner = Given<Owner>(chat, RecollectChat.OwnerKey) ?? options.Owner?.Invoke(chat) ?? throw new InvalidOperationException(
            $"Nobody says whose chat this is, and memory is never asked for everyone. Call {nameof(ChatOptions)}.{nameof(RecollectChat.WithOwner)}(…), or set {nameof(ChatMemorySettings)}.{nameof(ChatMemorySettings.Owner)}.");
        var thread = Given<string>(chat, RecollectChat.ThreadKey) ?? options.Thread?.Invoke(chat) ?? chat?.ConversationId;
        return new(
            messages, ChatTurn.Of(messages), owner, string.IsNullOrWhiteSpace(thread) ? options.DefaultThread : thread, now, chat?.ConversationId is null, Without(chat));
    }

    private static T? Given<T>(ChatOptions? chat, string key)
        where T : class =>
        chat?.AdditionalProperties?.TryGetValue(key, out var value) is not true || value is null ? null
        : value as T ?? throw new InvalidOperationException($"{nameof(ChatOptions)}.{nameof(ChatOptions.AdditionalProperties)}[\"{key}\"] must be of type {typeof(T).Name}.");

    private static ChatOptions? Without(ChatOptions? chat)
    {
        if (chat?.AdditionalProperties is not { } given || !(given.ContainsKey(RecollectChat.OwnerKey) || given.ContainsKey(RecollectChat.ThreadKey)))
        {
            return chat;
        }

        var clone = chat.Clone();
        clone.AdditionalProperties = new(given);
        clone.AdditionalProperties.Remove(RecollectChat.OwnerKey);
        clone.AdditionalProperties.Remove(RecollectChat.ThreadKey);
        return clone;
    }
}
