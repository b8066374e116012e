using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>What belongs to one run over all files.</summary>
/// <param name="sourceName">The configured name of the source.</param>
/// <param name="options">The settings.</param>
/// <param name="observer">Is told what could not be read.</param>
/// <param name="now">When the run started.</param>
internal sealed class ReadContext(string sourceName, FilesSourceOptions options, IReadObserver observer, DateTimeOffset now)
{
    private readonly DateTimeOffset _latest = now.AddDays(1); // clocks of phones and servers differ; more than a day is no clock
    private long _position;

    /// <summary>Gets the settings.</summary>
    public FilesSourceOptions Options => options;

    /// <summary>Gets the threads seen of late.</summary>
    public ThreadCache Threads { get; } = new(sourceName);

    /// <summary>Gets the configured name of the source.</summary>
    public string SourceName => sourceName;

    /// <summary>Gets or sets how many files are of no known format.</summary>
    public int UnrecognisedFiles { get; set; }

    /// <summary>Gets whose the chats of exports are that name no owner themselves.</summary>
    public Owner Owner { get; } = new() { Tenant = options.Tenant, User = options.User, Scope = options.Scope };

    /// <summary>Gets the next position: messages of all files are counted in the order in which they are read.</summary>
    public long NextPosition() => _position++;

    /// <summary>Tells whether a moment lies so far ahead that it cannot be true.</summary>
    /// <param name="moment">The moment.</param>
    public bool IsInFuture(DateTimeOffset moment) => moment > _latest;

    /// <summary>Tells the observer of something that was left out.</summary>
    /// <param name="place">Where.</param>
    /// <param name="reason">Why, without any text of messages.</param>
    public void Skip(string place, string reason) => observer.OnUnreadable(new UnreadableItem(place, reason));
}
