using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors.Webhook.Imported;

/// <summary>Tells which conversations the program before had sent already, so that they are not sent again. Safe to call concurrently.</summary>
internal sealed class SentBefore
{
    private readonly ImportedFolder _folder;
    private readonly WebhookOptions _options;
    private readonly TimeSpan _window;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, bool> _found = new(StringComparer.Ordinal); // by conversation: whether it is sent again
    private volatile ImportedMemories? _imported;
    private bool _isNew;

    public SentBefore(IOptions<DataOptions> data, IOptions<WebhookOptions> options, IOptions<SegmentationOptions> segmentation) =>
        (_folder, _options, _window) = (new(data.Value.Root), options.Value, segmentation.Value.Window);

    /// <summary>Gets what was taken over; read on first use and kept.</summary>
    /// <exception cref="DeliveryException">It cannot be read.</exception>
    public ImportedMemories Imported
    {
        get
        {
            if (_imported is { } known)
            {
                return known;
            }

            lock (_lock)
            {
                return _imported ??= _folder.Read(_window);
            }
        }
    }

    /// <summary>Takes over what is in the data root, if that was not done before.</summary>
    /// <exception cref="DeliveryException">A file cannot be read; nothing was changed.</exception>
    public void TakeOver()
    {
        if (_folder.TakeOver())
        {
            (_imported, _isNew) = (null, true);
        }

        _ = Imported;
    }

    /// <summary>Gets the memory of a conversation that was sent before.</summary>
    /// <param name="conversation">The conversation, whole.</param>
    /// <returns>Null when it was not, or when it has grown since and its new version is to be sent.</returns>
    /// <exception cref="DeliveryException">What was taken over cannot be read.</exception>
    public WrittenMemory? Find(Conversation conversation)
    {
        if (conversation.StartedAt > Imported.Latest || Imported.Match(SoughtConversation.Of(conversation)) is not { } match)
        {
            return null;
        }

        var isSentAgain = !match.IsWhole && _options.OnChange != WebhookChangePolicy.Ignore;
        _found[conversation.Id] = isSentAgain;
        return isSentAgain ? null : Written(conversation, match);
    }

    /// <summary>Gets what the report should say that was not said before; null when nothing happened since.</summary>
    public (int Found, int SentAgain)? TakeNews()
    {
        if (!_isNew && _found.IsEmpty)
        {
            return null;
        }

        var news = (_found.Count(pair => !pair.Value), _found.Count(pair => pair.Value));
        _isNew = false;
        _found.Clear();
        return news;
    }

    /// <summary>Keeps these entries and no others.</summary>
    /// <exception cref="DeliveryException">They cannot be written.</exception>
    public void Keep(IEnumerable<ImportedRecord> records, IEnumerable<ImportedEntry> entries)
    {
        _folder.Replace(records, entries);
        _imported = null;
    }

    private static WrittenMemory Written(Conversation conversation, SentMatch match)
    {
        var payload = WebhookPayload.Of(conversation);
        var isMissing = string.IsNullOrWhiteSpace(match.Summary);
        var data = new WebhookData(
            match.Workspace ?? payload.Workspace, payload.CreatedAt, match.Status ?? WebhookData.NoStatus, match.ProcessedAt ?? conversation.EndedAt, isMissing ? true : null, Imported: true);
        return WebhookWriter.Written(conversation, match.Summary, data);
    }
}
