using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Sessions;

namespace Recollect.Cli.Output;

/// <summary>One person's conversation with the bot, line by line.</summary>
internal sealed class ChatTerminal(IServiceProvider services, string user, CommandOutput output, bool isInteractive)
{
    private const int Shown = 10;

    private readonly SessionChat _chat = services.GetRequiredService<SessionChat>();
    private readonly TextWriter _people = output.People;

    /// <summary>Gets how many lines the model answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Gets how many lines it did not.</summary>
    public int Failed { get; private set; }

    /// <summary>Talks until the input ends.</summary>
    /// <param name="isOn">Whether memory is on.</param>
    /// <param name="cancellationToken">Ends it; an answer that is not whole yet is not kept.</param>
    public async Task TalkAsync(bool isOn, CancellationToken cancellationToken)
    {
        if (isInteractive)
        {
            await _people.WriteLineAsync(isOn
                ? $"You are {Printable.Of(user)}. /memory shows what is remembered, /reset begins anew, /forget removes everything, /exit ends."
                : "Memory is off for you (enable_memory_system): every message stands alone. /exit ends.");
        }

        while (await ReadAsync("> ", cancellationToken) is { } line)
        {
            var (word, rest) = line.Trim().Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var more] ? (first, more) : (line.Trim(), string.Empty);
            switch (word.ToLowerInvariant())
            {
                case "":
                    break;
                case "/exit" or "/quit":
                    return;
                case "/memory":
                    await ShowMemoryAsync(rest, isOn, cancellationToken);
                    break;
                case "/forget":
                    await ForgetAsync(cancellationToken);
                    break;
                default:
                    await AnswerAsync(line, cancellationToken);
                    break;
            }
        }
    }

    private async Task AnswerAsync(string line, CancellationToken cancellationToken)
    {
        var came = 0;
        var answer = await _chat.AnswerAsync(new() { Chat = user, Person = user, Text = line }, piece =>
        {
            came += piece.Length;
            Write(piece);
        }, cancellationToken);
        if (came == 0 || answer.Kind is ChatAnswerKind.Failed)
        {
            Write($"{(came > 0 ? "\n" : string.Empty)}{(answer.Kind is ChatAnswerKind.Blocked ? "You are not answered (Sessions:Blocked)." : answer.Text)}");
        }

        await _people.WriteLineAsync();
        foreach (var memory in answer.Recalled)
        {
            await _people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  recalled ({memory.Relevance:0.00}): {Printable.Of(Short(memory.Content))}"));
        }

        Answered += answer.Kind is ChatAnswerKind.Answered or ChatAnswerKind.Reset ? 1 : 0;
        Failed += answer.Kind is ChatAnswerKind.Failed ? 1 : 0;
    }

    private async Task ShowMemoryAsync(string words, bool isOn, CancellationToken cancellationToken)
    {
        if (!isOn)
        {
            await _people.WriteLineAsync("Memory is off for you.");
            return;
        }

        var owner = new Owner { User = user };
        if (words.Length > 0)
        {
            var found = await services.GetRequiredService<RecallEngine>().RecallAsync(new() { Text = words, Owner = owner, Top = Shown }, cancellationToken);
            RecallPrinter.Print(found, _people);
            await (found.Count == 0 ? _people.WriteLineAsync("Nothing that is remembered fits.") : Task.CompletedTask);
            return;
        }

        var memories = await services.GetRequiredService<IMemoryStore>().ListAsync(owner.Visibility, after: null, Shown, cancellationToken);
        await (memories.Count == 0 ? _people.WriteLineAsync("Nothing is remembered yet: a session becomes a memory when it has ended.") : Task.CompletedTask);
        foreach (var memory in memories)
        {
            await _people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {memory.EndedAt:d MMM yyyy HH:mm}  {Printable.Of(Short(memory.Summary))}"));
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync($"Everything that {Printable.Of(user)} said is removed for good. Type yes: ", cancellationToken) is not "yes")
        {
            await _people.WriteLineAsync("Nothing was removed.");
            return;
        }

        var receipt = await services.GetRequiredService<UserEraser>().ForgetAsync(Owner.DefaultTenant, user, cancellationToken);
        await _people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Forgotten: {receipt.Memories} memories and {receipt.Sessions} sessions. What you say from now on is new."));
    }

    private async Task<string?> ReadAsync(string prompt, CancellationToken cancellationToken)
    {
        if (isInteractive)
        {
            await _people.WriteAsync(prompt);
            await _people.FlushAsync(cancellationToken);
        }

        return await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken); // the console itself cannot be left off waiting for
    }

    /// <summary>Writes text of the model line by line, so that it can neither steer nor reorder the terminal.</summary>
    private void Write(string text)
    {
        _people.Write(string.Join('\n', text.Split('\n').Select(static line => Printable.Of(line.TrimEnd('\r')))));
        _people.Flush();
    }

    private static string Short(string text)
    {
        const int Most = 200;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Most ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[Most - 1]) ? Most - 1 : Most)}…";
    }
}
