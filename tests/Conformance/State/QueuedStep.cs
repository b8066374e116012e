using FsCheck;
using FsCheck.Fluent;
using Recollect.State;

namespace Recollect.Conformance.State;

/// <summary>One call of <see cref="IQueuedConversations"/>, to be made of an implementation and of the model.</summary>
internal sealed record QueuedStep(string Call, IReadOnlyList<(string Thread, int UpdatedAt, int DueAt)> Given, int Now, int ResendBefore, int Top)
{
    private static readonly string[] Threads = ["a", "b", "c", "A"];

    /// <summary>Gets sequences of calls over few conversations and moments, so that they meet.</summary>
    public static Gen<QueuedStep[]> Sequences { get; } =
        (from call in Gen.Elements("note", "note", "take", "unsend", "postpone", "finish", "finish", "drop")
         from given in Gen.ArrayOf(from thread in Gen.Elements(Threads) from updated in Gen.Choose(0, 3) from due in Gen.Choose(0, 3) select (thread, updated, due))
         from now in Gen.Choose(0, 4)
         from resend in Gen.Choose(0, 4)
         from top in Gen.Choose(1, 4)
         select new QueuedStep(call, [.. given.Take(4)], now, resend, top)).ArrayOf();

    /// <summary>Gets calls whose answers show everything that is noted.</summary>
    public static IReadOnlyList<QueuedStep> Probes { get; } =
    [
        .. Enumerable.Range(0, 5).Select(now => new QueuedStep("take", [], now, ResendBefore: 0, Top: 10)),
        .. Enumerable.Range(0, 5).Select(resend => new QueuedStep("take", [], Now: 4, resend, Top: 10)),
        .. Enumerable.Range(0, 5).SelectMany(updated => Threads.Select(thread => new QueuedStep("note", [(thread, updated, 0)], 0, 0, 1))),
        new QueuedStep("take", [], Now: 9, ResendBefore: 9, Top: 10),
    ];

    public string[] Apply(QueuedModel model)
    {
        if (Call is "take")
        {
            return model.TakeDue(At(Now), At(ResendBefore), Top);
        }

        if (Call is "drop")
        {
            model.DropDone(At(Now));
            return [];
        }

        foreach (var one in Conversations(string.Empty))
        {
            switch (Call)
            {
                case "note": model.Note(one); break;
                case "postpone": model.Postpone(one); break;
                case "finish": model.Finish(one); break;
                default: model.Unsend(one.Thread); break;
            }
        }

        return [];
    }

    public async Task<IReadOnlyList<string>> ApplyAsync(IQueuedConversations queued, string source)
    {
        var conversations = Conversations(source);
        switch (Call)
        {
            case "take": return await queued.TakeDueAsync(source, At(Now), At(ResendBefore), Top, CancellationToken.None);
            case "drop": await queued.DropDoneAsync(source, At(Now), CancellationToken.None); break;
            case "note": await queued.NoteAsync(conversations, CancellationToken.None); break;
            case "postpone": await queued.PostponeAsync(conversations, CancellationToken.None); break;
            case "finish": await queued.FinishAsync(conversations, CancellationToken.None); break;
            default: await queued.UnsendAsync(source, [.. conversations.Select(one => one.Thread)], CancellationToken.None); break;
        }

        return [];
    }

    public override string ToString() => $"{Call}({string.Join(", ", Given)}; {Now}, {ResendBefore}, {Top})";

    private static DateTimeOffset At(int moment) => new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero).AddTicks(moment);

    private QueuedConversation[] Conversations(string source) =>
        [.. Given.Select(one => new QueuedConversation { Source = source, Thread = one.Thread, Tenant = "t", User = "u", UpdatedAt = At(one.UpdatedAt), DueAt = At(one.DueAt) })];
}
