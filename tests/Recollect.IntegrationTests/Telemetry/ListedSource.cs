using Recollect.Conversations;
using Recollect.Ingest.Sources;

namespace Recollect.IntegrationTests.Telemetry;

/// <summary>A source of given conversations, in memory; each has a thread and its texts.</summary>
internal sealed class ListedSource(params IReadOnlyList<(string Thread, string[] Texts)> talks) : ISource, IConversationListing
{
    public const string User = "Dana-of-the-tests";

    private static readonly DateTimeOffset Start = new(2024, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public string Name => "listed";

    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken) =>
        talks.Where(talk => request.Threads?.Contains(talk.Thread, StringComparer.Ordinal) ?? true).SelectMany(Messages).ToAsyncEnumerable();

    public IAsyncEnumerable<ListedConversation> ListAsync(DateTimeOffset? after, DateTimeOffset until, CancellationToken cancellationToken) =>
        talks.Select(talk => new ListedConversation(KeyOf(talk.Thread), Start)).Where(one => one.UpdatedAt <= until && !(one.UpdatedAt <= after)).ToAsyncEnumerable();

    public IAsyncEnumerable<ListedConversation> ListOfUserAsync(string user, CancellationToken cancellationToken) => AsyncEnumerable.Empty<ListedConversation>();

    public ValueTask<IReadOnlyList<ListedConversation>> FindAsync(IReadOnlyCollection<string> threads, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ListedConversation>>([.. threads.Select(thread => new ListedConversation(KeyOf(thread), Start))]);

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, Name));

    private static ThreadKey KeyOf(string thread) => new() { Source = "listed", Owner = new() { User = User }, Thread = thread };

    private static IEnumerable<SourceMessage> Messages((string Thread, string[] Texts) talk) => talk.Texts.Select((text, i) => new SourceMessage
    {
        Thread = new() { Key = KeyOf(talk.Thread), IsConversation = true, UpdatedAt = Start, Title = talk.Texts[0] },
        Message = new() { Id = $"m{i}", Role = i % 2 == 0 ? Roles.User : Roles.Assistant, Author = User, Text = text, SentAt = Start.AddSeconds(i - talk.Texts.Length), Position = i },
    });
}
