using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conversations;

namespace Recollect.Chat;

/// <summary>Gives chat clients a memory.</summary>
public static class RecollectChat
{
    internal const string OwnerKey = "recollect.owner";
    internal const string ThreadKey = "recollect.thread";

    /// <summary>Wraps a chat client so that it recalls before it answers and remembers after it did, streaming or not.</summary>
    /// <param name="client">The client; it is disposed with the new one.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="configure">Changes how; null for the defaults.</param>
    /// <returns>The client with memory. A call that does not say whose chat it is throws <see cref="InvalidOperationException"/> before anything is asked.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IChatClient UseRecollect(this IChatClient client, ChatMemory memory, Action<ChatMemorySettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(memory);
        var options = new ChatMemorySettings();
        configure?.Invoke(options);
        options.Check();
        return new RecollectChatClient(client, memory, options);
    }

    /// <summary>Does the same with the memory that is registered; fits <c>builder.Use((inner, services) => inner.UseRecollect(services))</c>.</summary>
    /// <param name="client">The client; it is disposed with the new one.</param>
    /// <param name="services">The services with a <see cref="ChatMemory"/> among them.</param>
    /// <param name="configure">Changes how; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">No <see cref="ChatMemory"/> is registered.</exception>
    public static IChatClient UseRecollect(this IChatClient client, IServiceProvider services, Action<ChatMemorySettings>? configure = null) =>
        client.UseRecollect(services.GetRequiredService<ChatMemory>(), configure);

    /// <summary>Says whose chat a call belongs to. What is said stays in this program: the model's provider is not told.</summary>
    /// <param name="options">The options; changed.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="thread">The owner's thread; null for what <see cref="ChatMemorySettings.Thread"/> says.</param>
    /// <returns>The same options.</returns>
    public static ChatOptions WithOwner(this ChatOptions options, Owner owner, string? thread = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(owner);
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[OwnerKey] = owner;
        if (thread is not null)
        {
            options.AdditionalProperties[ThreadKey] = thread;
        }

        return options;
    }
}
