namespace Recollect.Conversations;

/// <summary>A maximal run of one thread partition's messages with no gap above the window, or one that the source gave.</summary>
public sealed record Conversation
{
    private string? _contentHash;

    private Conversation(string id, ThreadKey thread, IReadOnlyList<Message> messages) =>
        (Id, Thread, Messages) = (id, thread, messages);

    /// <summary>Gets the id: 32 hexadecimal characters from the thread partition and the first message.</summary>
    public string Id { get; }

    /// <summary>Gets the thread partition.</summary>
    public ThreadKey Thread { get; }

    /// <summary>Gets the messages in <see cref="MessageOrder"/>; never empty.</summary>
    public IReadOnlyList<Message> Messages { get; }

    /// <summary>Gets whose it is.</summary>
    public Owner Owner => Thread.Owner;

    /// <summary>Gets when the first message was sent.</summary>
    public DateTimeOffset StartedAt => Messages[0].SentAt;

    /// <summary>Gets when the last message was sent.</summary>
    public DateTimeOffset EndedAt => Messages[^1].SentAt;

    /// <summary>Gets when the source says that it changed; the last message's time where the source says nothing.</summary>
    public DateTimeOffset SourceUpdatedAt { get; private init; }

    /// <summary>Gets the title that the source gave; null when it gave none.</summary>
    public string? Title { get; private init; }

    /// <summary>Gets a value indicating whether the source gave the conversation, so that its id does not depend on the first message.</summary>
    public bool IsGiven { get; private init; }

    /// <summary>Gets the content hash: SHA-256 in hexadecimal over length-prefixed role, sent-at, id and text of the messages in order.</summary>
    /// <remarks>Computed on first use and kept.</remarks>
    public string ContentHash => _contentHash ??= ComputeContentHash();

    /// <summary>Gets the hash by which the ETL before told changes: SHA-256 in hexadecimal over role, time as received and text of the messages, separated by bars within a message and by nothing between two.</summary>
    /// <remarks>For comparison with memories that it wrote; it is no identity, because other messages can have the same bytes.</remarks>
    internal string EtlHash => EtlHashOf(Messages);

    /// <summary>Gets the <see cref="EtlHash"/> of messages.</summary>
    /// <param name="messages">All messages of a conversation, in order.</param>
    internal static string EtlHashOf(IEnumerable<Message> messages) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
        string.Concat(messages.Select(message => $"{message.Role}|{message.Metadata.GetValueOrDefault("created_at")}|{message.Text}")))));

    /// <summary>Gets the id of the conversation that a source gives as one thread.</summary>
    /// <param name="thread">The thread partition that names the conversation.</param>
    internal static string IdOfGiven(ThreadKey thread) => StableHash.Of(16, thread.Id, null);

    /// <summary>Makes the conversation of a run of messages.</summary>
    /// <param name="thread">The thread partition.</param>
    /// <param name="messages">The messages, already in <see cref="MessageOrder"/>.</param>
    /// <exception cref="ArgumentException">There is no message.</exception>
    public static Conversation FromRun(ThreadKey thread, IReadOnlyList<Message> messages)
    {
        var first = CheckedFirst(thread, messages);
        return new(StableHash.Of(16, thread.Id, first.Id), thread, messages) { SourceUpdatedAt = messages[^1].SentAt };
    }

    /// <summary>Makes a conversation that the source gave; its thread is the conversation itself.</summary>
    /// <param name="thread">The thread partition that names the conversation.</param>
    /// <param name="messages">All its messages, already in <see cref="MessageOrder"/>.</param>
    /// <param name="updatedAt">When the source says that it changed; null: when the last message was sent.</param>
    /// <param name="title">The source's title; null for none.</param>
    /// <exception cref="ArgumentException">There is no message.</exception>
    public static Conversation Given(ThreadKey thread, IReadOnlyList<Message> messages, DateTimeOffset? updatedAt = null, string? title = null)
    {
        CheckedFirst(thread, messages);
        return new(IdOfGiven(thread), thread, messages)
        {
            SourceUpdatedAt = updatedAt?.ToUniversalTime() ?? messages[^1].SentAt,
            Title = title is null ? null : WellFormedText.Of(title),
            IsGiven = true,
        };
    }

    /// <summary>Gets what is left when the messages sent up to a moment are taken away; null when nothing is.</summary>
    /// <param name="moment">The last moment to take away.</param>
    public Conversation? After(DateTimeOffset moment)
    {
        if (StartedAt > moment)
        {
            return this;
        }

        return Of(Messages.SkipWhile(message => message.SentAt <= moment).ToArray());
    }

    /// <summary>Gets what is left when messages are taken away; null when nothing is.</summary>
    /// <param name="isGone">Which messages.</param>
    internal Conversation? Without(Func<Message, bool> isGone)
    {
        var rest = Messages.Where(message => !isGone(message)).ToArray();
        return rest.Length == Messages.Count ? this : Of(rest);
    }

    private Conversation? Of(Message[] rest) =>
        rest.Length == 0 ? null
            : IsGiven ? Given(Thread, rest, SourceUpdatedAt, Title)
            : FromRun(Thread, rest);

    private static Message CheckedFirst(ThreadKey thread, IReadOnlyList<Message> messages)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(messages);
        return messages.Count > 0 ? messages[0] : throw new ArgumentException("A conversation has at least one message.", nameof(messages));
    }

    private string ComputeContentHash()
    {
        using var hash = new StableHash();
        foreach (var message in Messages)
        {
            hash.Add(message.Role);
            hash.Add(message.SentAt.UtcTicks);
            hash.Add(message.Id);
            hash.Add(message.Text);
        }

        return hash.Finish(32);
    }
}
