using Recollect.Conversations;
using Recollect.Memorize.Generation;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>Writes one fact a message, always the same of the same conversation; a test may do something else first.</summary>
internal sealed class PlainWriter : IMemoryWriter
{
    private int _calls;

    public string Name => "plain";

    public string Version { get; init; } = "plain/1";

    /// <summary>Gets or sets a value indicating whether what it gives is kept until it is stored.</summary>
    public bool IsRemote { get; set; }

    /// <summary>Gets or sets a value indicating whether it writes a conversation once, even when it grows.</summary>
    public bool WritesOnce { get; set; }

    /// <summary>Gets the calls made so far.</summary>
    public int Calls => _calls;

    /// <summary>Gets or sets what happens first: it may throw, or give another answer.</summary>
    public Func<Conversation, CancellationToken, ValueTask<WrittenMemory?>>? First { get; set; }

    public async ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return (First is null ? null : await First(conversation, cancellationToken)) ?? Write(conversation);
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "plain"));

    /// <summary>Writes what it writes of a conversation.</summary>
    public static WrittenMemory Write(Conversation conversation) => new()
    {
        Summary = $"{conversation.Messages.Count} messages: {string.Join(" / ", conversation.Messages.Select(message => message.Text))}",
        Facts = [.. conversation.Messages.Select(message => new Fact { Text = message.Text, Citations = [new() { MessageId = message.Id, Quote = message.Text }] })],
        Topics = [conversation.Thread.Thread],
        Citations = [.. conversation.Messages.Select(message => new Citation { MessageId = message.Id })],
        Usage = new(1, conversation.Messages.Count, 1),
    };
}
