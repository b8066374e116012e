namespace Recollect.Ingest.Sources.Tables;

/// <summary>Asks for one page of conversations.</summary>
internal sealed record TableQuery
{
    /// <summary>Gets the moment at or after which they changed, in the order of change and id; null: in the order of ids alone.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets the ids of the only ones that are meant; null: of all.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Gets a value indicating whether only those are meant that do not say when they changed.</summary>
    public bool IsUndated { get; init; }

    /// <summary>Gets the row after which the page begins; null: the first page.</summary>
    public TableCursor? After { get; init; }

    /// <summary>Gets how many are asked for; the server may give fewer, and only an empty page is the end.</summary>
    public required int Limit { get; init; }

    /// <summary>Makes the first queries for what is needed.</summary>
    /// <param name="request">What is needed.</param>
    /// <param name="options">The sizes of batches.</param>
    public static IEnumerable<TableQuery> For(ReadRequest request, TableOptions options) => request.Threads is { } threads
        ? threads.Distinct(StringComparer.Ordinal).Chunk(options.NightlyBatchSize).Select(ids => new TableQuery { Ids = ids, Limit = ids.Length })
        : SinceOf(request) is { } since
        ? [new() { Since = since, Limit = options.NightlyBatchSize }, new() { IsUndated = true, Limit = options.NightlyBatchSize }]
        : [new() { Limit = options.BatchSize }];

    /// <summary>A pending conversation changed no earlier than it started; where no start is known, everything is needed.</summary>
    private static DateTimeOffset? SinceOf(ReadRequest request)
    {
        if (request.ChangedSince is not { } changed || (request.Conversations.Count > 0 && request.ConversationsSince is null))
        {
            return null;
        }

        return request.ConversationsSince is { } needed && needed < changed ? needed : changed;
    }
}
