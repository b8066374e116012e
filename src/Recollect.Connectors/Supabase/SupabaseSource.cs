using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Supabase;

/// <summary>Reads conversations from tables of a Supabase project, or of any PostgREST.</summary>
internal sealed partial class SupabaseSource : ISource, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string SourceName = "supabase";

    private readonly TableShape _shape;
    private readonly PostgrestApi _api;
    private readonly TableReader _reader;

    /// <summary>Initializes a new instance of the <see cref="SupabaseSource"/> class.</summary>
    /// <param name="options">Which project.</param>
    /// <param name="tables">Which tables.</param>
    /// <param name="source">The name under which the conversations are known.</param>
    /// <param name="time">Times calls and pauses.</param>
    /// <param name="logger">Takes reasons.</param>
    public SupabaseSource(IOptions<SupabaseOptions> options, IOptions<TableOptions> tables, IOptions<SourceOptions> source, TimeProvider time, ILogger<SupabaseSource> logger)
    {
        var settings = options.Value;
        _shape = new(tables.Value);
        _api = new(settings, time);
        var retries = new ApiRetries(settings.Attempts, settings.Delay, failure => LogRetry(logger, failure.Message), time);
        _reader = new(_shape, source.Value.Name, new PostgrestRows(_shape, settings.MessagesPerCall, _api, retries), time);
    }

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        return _reader.ReadAsync(request, observer, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var queries = new PostgrestQuery(_shape);
        try
        {
            var conversations = await _api.ReadAsync(_shape.Conversations, queries.Conversations(new() { Limit = 1 }), counts: true, cancellationToken);
            var some = conversations.Rows.Select(row => TableFields.Text(row, _shape.Columns.ConversationId)).OfType<string>().ToArray();
            await _api.ReadAsync(_shape.Conversations, queries.Conversations(new() { Limit = 1, Since = DateTimeOffset.UnixEpoch }), counts: false, cancellationToken);
            await _api.ReadAsync(_shape.Messages, queries.Messages(some, after: null, limit: 1), counts: false, cancellationToken);
            return new(
                Healthy: true,
                string.Create(CultureInfo.InvariantCulture, $"{_api.Failures.Server} shows {conversations.Total ?? conversations.Rows.Count} rows of {_shape.Conversations}, with messages in {_shape.Messages}"),
                conversations.Rows.Count == 0 ? "If there should be some, row level security hides them: use the secret or service_role key." : null);
        }
        catch (ApiException ex)
        {
            return new(Healthy: false, ex.Message, ex.Advice);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    [LoggerMessage(6101, LogLevel.Warning, "A call is made again: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
