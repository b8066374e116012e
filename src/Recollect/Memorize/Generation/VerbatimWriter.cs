using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation;

/// <summary>Keeps a conversation word for word: one line <c>[role]: text</c> a message; its topics are the configured tags that it holds.</summary>
internal sealed class VerbatimWriter(IOptions<VerbatimOptions> options) : IMemoryWriter
{
    /// <summary>The name in configuration.</summary>
    public const string WriterName = "verbatim";

    private const int MostTags = 10;

    /// <inheritdoc/>
    public string Name => WriterName;

    /// <inheritdoc/>
    public string Version { get; } = options.Value.Tags.Count == 0 ? "verbatim/1" : $"verbatim/1/{StableHash.Of(4, [.. options.Value.Tags])}";

    /// <inheritdoc/>
    public bool IsRemote => false;

    /// <inheritdoc/>
    public bool WritesOnce => false;

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, $"writes on this machine ({Version})"));

    /// <inheritdoc/>
    public ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        var content = string.Join('\n', conversation.Messages.Select(message => $"[{message.Role}]: {message.Text}"));
        var citations = conversation.Messages.Select(message => new Citation { MessageId = message.Id });
        return ValueTask.FromResult(new WrittenMemory
        {
            Summary = string.Empty,
            Content = content,
            Topics = [.. options.Value.Tags.Where(tag => content.Contains(tag, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTags)],
            Citations = [.. citations],
        });
    }
}
