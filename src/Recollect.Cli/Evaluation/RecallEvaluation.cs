using Recollect.Memorize.Stores;
using Recollect.Recall;

namespace Recollect.Cli.Evaluation;

/// <summary>Asks labelled questions of recall as a user would, and scores turns, windows of turns, and sessions.</summary>
internal sealed class RecallEvaluation(RecallEngine recall, IMemoryStore store)
{
    private const int Depth = 50;

    /// <summary>Asks all questions of what is stored.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="cancellationToken">Stops between two questions.</param>
    public async Task<EvaluationReport> RunAsync(IReadOnlyList<LabelledQuestion> questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var units = await LabelledUnits.ReadAsync(store, questions.Select(question => question.Owner.Visibility), cancellationToken);
        var headline = new UnitScores();
        var categories = new SortedDictionary<string, UnitScores>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var question in questions)
        {
            var seen = units[question.Owner.Visibility];
            var evidence = Resolve(question, seen, unknown);
            if (evidence.Count == 0)
            {
                continue;
            }

            var ranking = await RankAsync(question, evidence, seen, cancellationToken);
            if (question.IsHeadline)
            {
                headline.Add(ranking);
            }

            if (question.Category is { } category)
            {
                (categories.TryGetValue(category, out var ofCategory) ? ofCategory : categories[category] = new()).Add(ranking);
            }
        }

        return new()
        {
            Headline = headline.Means,
            Questions = headline.Count,
            Categories = categories.ToDictionary(pair => pair.Key, pair => pair.Value.Means, StringComparer.Ordinal),
            Unknown = unknown.Count,
            UnknownIds = unknown,
        };
    }

    private static List<MessagePlace> Resolve(LabelledQuestion question, LabelledUnits units, List<string> unknown)
    {
        var evidence = new List<MessagePlace>();
        foreach (var id in question.Evidence)
        {
            if (units.Find(id, question.Thread) is [var place])
            {
                evidence.Add(place);
            }
            else
            {
                var names = units.Find(id, question.Thread).Count == 0 ? $"no message that {question.Owner.User} may see" : "several messages: say which \"thread\"";
                unknown.Add($"{question.Place}: {id} names {names}");
            }
        }

        return evidence;
    }

    private async Task<QuestionRanking> RankAsync(
        LabelledQuestion question, IReadOnlyList<MessagePlace> evidence, LabelledUnits units, CancellationToken cancellationToken)
    {
        var query = new RecallQuery { Owner = question.Owner, Text = question.Text, Top = RecallQuery.MaxTop };
        var messages = await recall.RecallMessagesAsync(query, cancellationToken);
        var memories = await recall.RecallAsync(query with { Top = Depth }, cancellationToken);
        return new(
            evidence,
            [.. messages.Take(Depth).Select(message => (IReadOnlyCollection<MessagePlace>)[LabelledUnits.PlaceOf(message)])],
            units.RankWindows(messages, Depth),
            [.. memories.Select(found => found.Memory.MessageIds.Select(id => new MessagePlace(found.Memory.Id, id)).ToArray())],
            units);
    }
}
