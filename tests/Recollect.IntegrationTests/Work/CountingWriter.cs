using System.Collections.Concurrent;
using Recollect.Conversations;
using Recollect.Memorize.Generation;

namespace Recollect.IntegrationTests.Work;

/// <summary>A writer that counts how often it is asked for each conversation, and fails as often as it is told to.</summary>
internal sealed class CountingWriter : IMemoryWriter
{
    private int _failures;

    /// <summary>Gets how often each conversation was written, by the source's own id.</summary>
    public ConcurrentDictionary<string, int> Written { get; } = new(StringComparer.Ordinal);

    public string Name => "counting";

    public string Version => "counting/1";

    public bool IsRemote => false;

    public bool WritesOnce => false;

    public void FailNext() => Interlocked.Increment(ref _failures);

    public ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        Written.AddOrUpdate(conversation.Thread.Thread, 1, static (_, before) => before + 1);
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            throw new GenerationException("The model gave nothing that can be read.");
        }

        Interlocked.Exchange(ref _failures, 0);
        var last = conversation.Messages[^1];
        return ValueTask.FromResult(new WrittenMemory
        {
            Summary = $"Of {conversation.Messages.Count} messages — 🪐 «{last.Text}»",
            Topics = ["planets"],
            Facts = [new() { Text = "There is a box.", Kind = "statement", Citations = [new() { MessageId = last.Id, Quote = "box" }] }],
            Data = """{"deep":{"list":[1,2.50,"three"]}}""",
            Citations = [new() { MessageId = last.Id }],
        });
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "counts"));
}
