using Recollect.Bots;

namespace Recollect.IntegrationTests.Bots;

/// <summary>A channel that gives its first notice until that is acknowledged, and ends the bot when nothing is left.</summary>
internal sealed class ScriptedChannel(CancellationTokenSource whenEmpty) : IChatChannel
{
    private readonly Queue<ChannelNotice> _notices = new();

    public string Name => "scripted";

    public List<(string Chat, string Text)> Sent { get; } = [];

    public List<string> Acknowledged { get; } = [];

    /// <summary>Gets what is thrown instead of receiving, sending and acknowledging, one after the other; null: that call does its work.</summary>
    public Queue<Exception?> OnReceive { get; } = new();

    public Queue<Exception?> OnSend { get; } = new();

    public Queue<Exception?> OnAcknowledge { get; } = new();

    public Func<Diagnosis> Check { get; set; } = static () => new(Healthy: true, "fine");

    public void Write(string id, string? text, string chat = "972501234567@c.us") =>
        _notices.Enqueue(new($"r{id}", "message", new() { Id = id, Chat = chat, Sender = chat, SentAt = DateTimeOffset.UnixEpoch, Text = text }));

    public async ValueTask<ChannelNotice?> ReceiveAsync(CancellationToken cancellationToken)
    {
        Fail(OnReceive);
        if (_notices.Count == 0)
        {
            await whenEmpty.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _notices.Peek();
    }

    public ValueTask SendAsync(string chat, string text, CancellationToken cancellationToken)
    {
        Fail(OnSend);
        Sent.Add((chat, text));
        return ValueTask.CompletedTask;
    }

    public ValueTask AcknowledgeAsync(ChannelNotice notice, CancellationToken cancellationToken)
    {
        Fail(OnAcknowledge);
        Acknowledged.Add(notice.Receipt);
        _notices.Dequeue();
        return ValueTask.CompletedTask;
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Check());

    private static void Fail(Queue<Exception?> failures)
    {
        if (failures.TryDequeue(out var failure) && failure is not null)
        {
            throw failure;
        }
    }
}
