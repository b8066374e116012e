using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Reads the chats of all workspaces of an AnythingLLM server through its developer API.</summary>
internal sealed partial class AnythingLlmSource : ISource, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string SourceName = "anythingllm";

    private readonly AnythingLlmOptions _options;
    private readonly string _sourceName;
    private readonly TimeSpan _window;
    private readonly AnythingLlmApi _api;
    private readonly ChatPages _pages;
    private readonly ILogger<AnythingLlmSource> _logger;

    /// <summary>Initializes a new instance of the <see cref="AnythingLlmSource"/> class.</summary>
    /// <param name="options">Which server.</param>
    /// <param name="source">The name under which the threads are known.</param>
    /// <param name="segmentation">How long a silence is within a conversation.</param>
    /// <param name="time">Times calls and pauses.</param>
    /// <param name="logger">Takes counts and reasons.</param>
    public AnythingLlmSource(
        IOptions<AnythingLlmOptions> options, IOptions<SourceOptions> source, IOptions<SegmentationOptions> segmentation, TimeProvider time, ILogger<AnythingLlmSource> logger)
    {
        (_options, _sourceName, _window, _logger) = (options.Value, source.Value.Name, segmentation.Value.Window, logger);
        _api = new(_options, time);
        _pages = new(_api, new(_options.Attempts, _options.Delay, failure => LogRetry(logger, failure.Message), time));
    }

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    /// <remarks>The server can only be read from its newest chat back, so a reading of what changed ends as soon as nothing that is needed can follow.</remarks>
    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        return SinceOf(request) is { } since
            ? ReadRecentAsync(since, observer, cancellationToken)
            : ReadAllAsync(request.ChangedSince is not null, observer, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await _api.AuthenticateAsync(cancellationToken))
            {
                return new(Healthy: false, $"{_api.Failures.Server} did not say that the key is accepted.", $"Check {AnythingLlmOptions.SectionName}:Url and ApiKey.");
            }

            var page = await _api.ReadPageAsync(0, cancellationToken);
            if (page is { IsEmpty: true, HasPages: true })
            {
                throw _api.Failures.OfSwallowedError();
            }

            var count = page.Rows.Count + page.Unreadable.Count;
            return new(Healthy: true, string.Create(CultureInfo.InvariantCulture, $"{_api.Failures.Server} accepts the key and lists {count} {(count == 1 ? "chat" : "chats")}{(page.HasPages ? " on the first of its pages" : string.Empty)}"));
        }
        catch (ApiException ex)
        {
            return new(Healthy: false, ex.Message, ex.Advice);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    /// <summary>Gets the moment back to which everything is needed; null when all there is.</summary>
    private static DateTimeOffset? SinceOf(ReadRequest request)
    {
        if (request.ChangedSince is not { } changed || (request.Conversations.Count > 0 && request.ConversationsSince is null))
        {
            return null;
        }

        return request.ConversationsSince is { } needed && needed < changed ? needed : changed;
    }

    private async IAsyncEnumerable<SourceMessage> ReadAllAsync(bool expectsChats, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = new ChatReading(observer, _options.IncludeHidden);
        var messages = new ChatMessages(_sourceName, _options);
        await foreach (var page in _pages.ReadAsync(expectsChats, cancellationToken))
        {
            foreach (var row in reading.Take(page))
            {
                cancellationToken.ThrowIfCancellationRequested();
                reading.Count(row);
                foreach (var message in reading.IsRead(row) ? messages.Of(row) : [])
                {
                    yield return message;
                }
            }
        }

        reading.End();
    }

    private async IAsyncEnumerable<SourceMessage> ReadRecentAsync(DateTimeOffset since, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = new ChatReading(observer, _options.IncludeHidden);
        var messages = new ChatMessages(_sourceName, _options);
        var recent = new RecentChats(since, _window);
        var pages = 0;
        await foreach (var page in _pages.ReadAsync(expectsChats: true, cancellationToken))
        {
            pages++;
            foreach (var row in reading.Take(page))
            {
                foreach (var found in recent.Add(row, reading.IsRead(row) ? messages.ThreadOf(row) : null))
                {
                    reading.Count(found);
                }
            }

            recent.EndPage(page.Rows);
            if (recent.IsComplete)
            {
                break;
            }
        }

        LogRecent(_logger, pages, recent.Touched.Count());
        foreach (var row in recent.Touched.SelectMany(thread => thread.Needed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var message in messages.Of(row))
            {
                yield return message;
            }
        }

        reading.End();
    }

    [LoggerMessage(6001, LogLevel.Warning, "A call is made again: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);

    [LoggerMessage(6002, LogLevel.Debug, "Read {Pages} pages back; {Threads} threads have something new")]
    private static partial void LogRecent(ILogger logger, int pages, int threads);
}
