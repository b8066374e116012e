using System.Globalization;
using Recollect.Cli.Evaluation;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.UnitTests.Recall;

/// <summary>Conversations of one owner, and questions with the conversations that answer them.</summary>
internal sealed record LabelledConversations(IReadOnlyList<MessageCandidate> Messages, IReadOnlyList<(string Text, IReadOnlyList<string> Answers)> Questions)
{
    private const int Conversations = 40;
    private const int MessagesOfEach = 6;
    private const int WordsOfMessage = 8;
    private const int WordsOfTopic = 12;

    /// <summary>Makes some, always the same: words find most answers, but a third of the questions use other words than their answers, and all lead astray a little.</summary>
    public static LabelledConversations Made()
    {
        var random = new Random(7);
        string[][] topics = [.. Enumerable.Range(0, Conversations).Select(c => Enumerable.Range(0, WordsOfTopic).Select(w => Word("t", c, w)).ToArray())];
        var messages = new List<MessageCandidate>();
        var questions = new List<(string, IReadOnlyList<string>)>();
        for (var c = 0; c < Conversations; c++)
        {
            for (var m = 0; m < MessagesOfEach; m++)
            {
                var words = Enumerable.Range(0, WordsOfMessage).Select(_ => random.Next(3) switch
                {
                    0 => topics[c][random.Next(WordsOfTopic)],
                    1 => topics[random.Next(Conversations)][random.Next(WordsOfTopic)],
                    _ => Word("common", 0, random.Next(30)),
                });
                messages.Add(new(Id(c), m, new() { Id = $"m{m}", Role = Roles.User, Text = string.Join(' ', words), SentAt = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(c) }));
            }

            for (var q = 0; q < 4; q++)
            {
                var own = Enumerable.Range(0, 3).Select(_ => random.Next(3) == 0 ? Word("unknown", c, random.Next(9)) : topics[c][random.Next(WordsOfTopic)]);
                var astray = Enumerable.Range(0, 2).Select(_ => topics[random.Next(Conversations)][random.Next(WordsOfTopic)]);
                questions.Add((string.Join(' ', own.Concat(astray)), [Id(c)]));
            }
        }

        return new(messages, questions);
    }

    /// <summary>Reads those of a LoCoMo file, one set for each owner.</summary>
    /// <param name="path">The file.</param>
    public static IEnumerable<LabelledConversations> OfLocomo(string path)
    {
        var set = LocomoFile.Read(path);
        foreach (var owner in set.Sessions.GroupBy(session => session.Owner))
        {
            MessageCandidate[] messages = [.. owner.SelectMany((session, s) => session.Messages.Select((message, i) => new MessageCandidate(Id(s), i, message)))];
            var conversations = messages.ToDictionary(message => message.Message.Id, message => message.MemoryId, StringComparer.Ordinal);
            var questions = set.Questions.Where(question => question.Owner == owner.Key && question.IsHeadline)
                .Select(question => (question.Text, Answers: (IReadOnlyList<string>)[.. question.Evidence.Where(conversations.ContainsKey).Select(id => conversations[id]).Distinct(StringComparer.Ordinal)]))
                .Where(question => question.Answers.Count > 0);
            yield return new(messages, [.. questions]);
        }
    }

    private static string Id(int conversation) => conversation.ToString("D4", CultureInfo.InvariantCulture);

    private static string Word(string kind, int group, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{group}x{number}");
}
