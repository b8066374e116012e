using Microsoft.Extensions.AI;
using Recollect.Conversations;

namespace Recollect.Chat;

/// <summary>How a chat client with memory recalls and remembers.</summary>
public sealed class ChatMemorySettings
{
    /// <summary>Gets or sets what tells whose chat it is where the options of the call do not (<see cref="RecollectChat.WithOwner"/>).</summary>
    /// <value>Null, the default: every call must say it. An answer of null is an error of that call.</value>
    public Func<ChatOptions?, Owner?>? Owner { get; set; }

    /// <summary>Gets or sets what tells which thread it is where the options of the call do not.</summary>
    /// <value>Null, the default, or an answer of null: <see cref="ChatOptions.ConversationId"/>, and where there is none, <see cref="DefaultThread"/>.</value>
    public Func<ChatOptions?, string?>? Thread { get; set; }

    /// <summary>Gets or sets the thread of chats that name none; pauses divide it into conversations.</summary>
    /// <value>The default is <c>chat</c>.</value>
    public string DefaultThread { get; set; } = "chat";

    /// <summary>Gets or sets how many memories are recalled before an answer at the most.</summary>
    /// <value>Between 0, which recalls nothing, and 50. The default is 5.</value>
    public int Top { get; set; } = 5;

    /// <summary>Gets or sets the least similarity of a recalled conversation, as a cosine.</summary>
    /// <value>Between -1 and 1. Null, the default: no bound.</value>
    public double? MinSimilarity { get; set; }

    /// <summary>Gets or sets the longest message of recalled memories, in characters, with all that is around them.</summary>
    /// <value>Between 500 and 1,000,000. The default is 4,000.</value>
    public int MaxCharacters { get; set; } = 4_000;

    /// <summary>Gets or sets how long an answer waits for recall; then it is given without.</summary>
    /// <value>More than zero, up to one hour. The default is 5 seconds.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets a value indicating whether answers are remembered. The default is true.</summary>
    public bool Remembers { get; set; } = true;

    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    internal void Check()
    {
        ThrowUnless(!string.IsNullOrWhiteSpace(DefaultThread), nameof(DefaultThread), DefaultThread, "a name");
        ThrowUnless(Top is >= 0 and <= 50, nameof(Top), Top, "between 0 and 50");
        ThrowUnless(MinSimilarity is null or (>= -1 and <= 1), nameof(MinSimilarity), MinSimilarity, "between -1 and 1");
        ThrowUnless(MaxCharacters is >= 500 and <= 1_000_000, nameof(MaxCharacters), MaxCharacters, "between 500 and 1,000,000");
        ThrowUnless(Patience > TimeSpan.Zero && Patience <= TimeSpan.FromHours(1), nameof(Patience), Patience, "more than zero and up to one hour");
    }

    private static void ThrowUnless(bool holds, string name, object? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ChatMemorySettings)}.{name} is {value}; it must be {range}.");
        }
    }
}
