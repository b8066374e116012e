using System.Runtime.InteropServices;
using Recollect.Conversations;
using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>A conversation, read: its sentences and their words.</summary>
internal sealed class Transcript(Conversation conversation)
{
    /// <summary>Gets the messages.</summary>
    public IReadOnlyList<Message> Messages { get; } = conversation.Messages;

    /// <summary>Gets the words of the names of those who speak, folded.</summary>
    public HashSet<string> Authors { get; } = AuthorNames.Of(conversation.Messages);

    /// <summary>Gets the word forms.</summary>
    public Vocabulary Vocabulary { get; } = new();

    /// <summary>Gets all words, sentence after sentence.</summary>
    public List<Word> Words { get; } = new(ExpectedWords(conversation));

    /// <summary>Gets the sentences that have words, in order.</summary>
    public List<Sentence> Sentences { get; } = [];

    /// <summary>Gets the message of a sentence.</summary>
    public Message MessageOf(Sentence sentence) => Messages[sentence.Message];

    /// <summary>Gets the words of a sentence.</summary>
    public ReadOnlySpan<Word> WordsOf(Sentence sentence) =>
        CollectionsMarshal.AsSpan(Words).Slice(sentence.FirstWord, sentence.WordCount);

    /// <summary>Gets the text of a sentence, as it stands in its message.</summary>
    public ReadOnlySpan<char> TextOf(Sentence sentence) => MessageOf(sentence).Text.AsSpan(sentence.Start, sentence.Length);

    /// <summary>Gets the question that a sentence answers: the end of the message before, when somebody else asked it.</summary>
    /// <param name="answer">A sentence.</param>
    /// <returns>The question; null when the sentence does not open its message or nothing was asked.</returns>
    public Sentence? QuestionBefore(Sentence answer)
    {
        var question = answer.Index > 0 ? Sentences[answer.Index - 1] : null;
        return question is not null && question.Message == answer.Message - 1 && question.Tells(SentenceSignals.Question) && ContentOf(question) >= 1
            && !string.Equals(Speaker.Of(MessageOf(question)), Speaker.Of(MessageOf(answer)), StringComparison.Ordinal) ? question : null;
    }

    /// <summary>Gets how many content words a sentence has; fillers count nothing, words of every chat half.</summary>
    /// <param name="sentence">A sentence.</param>
    public double ContentOf(Sentence sentence)
    {
        var content = 0.0;
        foreach (var word in WordsOf(sentence))
        {
            content += !word.IsContent || word.Has(CueKinds.Filler | CueKinds.Function) || Authors.Contains(word.Entry.Folded) ? 0 : word.Has(WordTraits.Common) ? 0.5 : 1;
        }

        return content;
    }

    /// <summary>Says whether a bot or the system speaks, whose words count less than a person's.</summary>
    public bool IsMachine(Sentence sentence) => MessageOf(sentence).Role is Roles.Assistant or Roles.System;

    private static int ExpectedWords(Conversation conversation) =>
        (int)Math.Min(100_000, conversation.Messages.Sum(message => (long)message.Text.Length) / 5);
}
