using Recollect.Conversations;

namespace Recollect.Memorize.Generation;

/// <summary>Keeps a conversation word for word: one line <c>[role]: text</c> a message.</summary>
internal sealed class VerbatimWriter : IMemoryWriter
{
    /// <summary>The name in configuration.</summary>
    public const string WriterName = "verbatim";

    /// <inheritdoc/>
    public string Name => WriterName;

    /// <inheritdoc/>
    public string Version => "verbatim/1";

    /// <inheritdoc/>
    public bool IsRemote => false;

    /// <inheritdoc/>
    public bool WritesOnce => false;

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, $"writes on this machine ({Version})"));

    /// <inheritdoc/>
    public ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var lines = conversation.Messages.Select(message => $"[{message.Role}]: {message.Text}");
        var citations = conversation.Messages.Select(message => new Citation { MessageId = message.Id });
        return ValueTask.FromResult(new WrittenMemory
        {
            Summary = string.Empty,
            Content = string.Join('\n', lines),
            Citations = [.. citations],
        });
    }
}
