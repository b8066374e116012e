using Recollect.Recall;

namespace Recollect.Cli.Evaluation;

/// <summary>Asks labelled questions of recall as a user would, and scores turns, windows of turns, and sessions.</summary>
internal sealed class RecallEvaluation(RecallEngine recall)
{
    private const int Depth = 50;
    private const int AdversarialCategory = 5;

    private static readonly string[] CategoryNames = ["multi_hop", "temporal", "open_domain", "single_hop", "adversarial"];

    /// <summary>Asks all questions. The chats must have been memorised, and nothing else of their owners.</summary>
    /// <param name="set">The chats and the questions.</param>
    /// <param name="onQuestion">Is told how many questions are done; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two questions.</param>
    public async Task<EvaluationReport> RunAsync(LabelledSet set, Action<int>? onQuestion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        var units = set.Sessions.ToLookup(session => session.Owner).ToDictionary(group => group.Key, group => new LabelledUnits([.. group]));
        var headline = new UnitScores();
        var categories = new SortedDictionary<int, UnitScores>();
        var done = 0;
        foreach (var question in set.Questions)
        {
            var ranking = await RankAsync(question, units[question.Owner], cancellationToken);
            if (!categories.TryGetValue(question.Category, out var ofCategory))
            {
                categories.Add(question.Category, ofCategory = new());
            }

            ofCategory.Add(ranking);
            if (question.Category != AdversarialCategory)
            {
                headline.Add(ranking);
            }

            onQuestion?.Invoke(++done);
        }

        return new()
        {
            Headline = headline.Means,
            Questions = headline.Count,
            Categories = categories.ToDictionary(pair => NameOf(pair.Key), pair => pair.Value.Means, StringComparer.Ordinal),
        };
    }

    private static string NameOf(int category) =>
        category >= 1 && category <= CategoryNames.Length ? CategoryNames[category - 1] : $"category_{category}";

    private async Task<QuestionRanking> RankAsync(LabelledQuestion question, LabelledUnits units, CancellationToken cancellationToken)
    {
        var query = new RecallQuery { Owner = question.Owner, Text = question.Text, Top = RecallQuery.MaxTop };
        var messages = await recall.RecallMessagesAsync(query, cancellationToken);
        var memories = await recall.RecallAsync(query with { Top = Depth }, cancellationToken);
        return new(
            question,
            [.. messages.Take(Depth).Select(message => (IReadOnlyCollection<string>)[message.Message.Id])],
            units.RankWindows(messages, Depth),
            [.. memories.Select(found => found.Memory.MessageIds.ToArray())],
            units);
    }
}
