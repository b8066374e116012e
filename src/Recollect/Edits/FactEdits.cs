using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.State;

namespace Recollect.Edits;

/// <summary>Does to what a writer gave what people did to facts before. Pure, and done twice it changes nothing more.</summary>
internal static class FactEdits
{
    /// <summary>Applies edits of facts, in their order.</summary>
    /// <param name="written">What a writer gave.</param>
    /// <param name="messageIds">The ids of the conversation's messages.</param>
    /// <param name="edits">Edits of facts of the conversation.</param>
    public static WrittenMemory Apply(WrittenMemory written, IReadOnlyCollection<string> messageIds, IEnumerable<MemoryEdit> edits) =>
        edits.Aggregate(written, (memory, edit) => Apply(memory, messageIds, edit));

    /// <summary>Tells whether an edit is about a fact: it says the same, or nearly the same of the same messages.</summary>
    public static bool Concerns(MemoryEdit edit, Fact fact) =>
        FactText.IsSame(fact.Text, edit.Fact!)
        || (!(edit.Replacement is { } now && FactText.IsSame(fact.Text, now))
            && fact.Citations.Any(citation => edit.MessageIds.Contains(citation.MessageId, StringComparer.Ordinal))
            && FactText.IsNear(fact.Text, edit.Fact!));

    private static WrittenMemory Apply(WrittenMemory written, IReadOnlyCollection<string> messageIds, MemoryEdit edit)
    {
        var facts = new List<Fact>(written.Facts.Count + 1);
        var gone = new List<(string Text, string? Words)> { (edit.Fact!, edit.Words) };
        var isSaid = edit.Replacement is null || written.Facts.Any(fact => FactText.IsSame(fact.Text, edit.Replacement) && !Concerns(edit, fact));
        foreach (var fact in written.Facts)
        {
            if (!Concerns(edit, fact))
            {
                facts.Add(fact);
                continue;
            }

            gone.Add((fact.Text, FactText.WordsOf(fact)));
            if (!isSaid)
            {
                facts.Add(fact with { Text = edit.Replacement! });
                isSaid = true;
            }
        }

        if (!isSaid && messageIds.Intersect(edit.MessageIds, StringComparer.Ordinal).Select(static id => new Citation { MessageId = id }).ToArray() is { Length: > 0 } citations) // the writer says nothing of it now
        {
            facts.Add(new() { Text = edit.Replacement!, Kind = edit.FactKind, Citations = citations });
        }

        return written with
        {
            Facts = facts,
            Summary = gone.Aggregate(written.Summary, (summary, fact) => Without(summary, fact.Text, fact.Words, edit.Replacement)),
            Data = written.Data is { } data ? EditedData.Of(data, [.. gone.Select(static fact => fact.Text)], edit.Replacement) : null,
        };
    }

    /// <summary>Puts a replacement in the place of what a summary says with the very words of a fact, or with those of the message that it quotes.</summary>
    private static string Without(string summary, string text, string? words, string? replacement)
    {
        var without = Without(summary, text, replacement);
        return words is null ? without : Without(without, words, replacement?.StartsWith(text[..^words.Length], StringComparison.Ordinal) == true ? replacement[(text.Length - words.Length)..] : replacement);
    }

    private static string Without(string summary, string text, string? replacement)
    {
        if (!FactText.SaysMuch(text) || !summary.Contains(text, StringComparison.Ordinal) || (replacement is not null && summary.Contains(replacement, StringComparison.Ordinal)))
        {
            return summary; // it is not there, or was replaced before
        }

        if (replacement is not null)
        {
            return summary.Replace(text, replacement, StringComparison.Ordinal);
        }

        var edited = summary.Replace(text + " ", string.Empty, StringComparison.Ordinal).Replace(text, string.Empty, StringComparison.Ordinal);
        return string.Join('\n', edited.Split('\n').Where(line => line.AsSpan().Trim() is { Length: > 0 } rest && (rest[^1] != ':' || summary.Contains(line + "\n", StringComparison.Ordinal)))); // a speaker who says nothing any more
    }
}
