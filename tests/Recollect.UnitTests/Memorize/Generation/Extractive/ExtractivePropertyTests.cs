using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Extractive;

public sealed class ExtractivePropertyTests
{
    private static readonly string[] Pieces =
    [
        "I live in Oban", "My sister Anna", " ", "\n", ". ", "? ", "!", ", ", "…", "```", "\n```\n", "- ", "1. ", "4. September", "tomorrow at 5 pm", "£1,200", "555-0100",
        "👩‍👩‍👧‍👦", "🇹🇷", "e\u0301", "\u202E", "\u200B", "\0", "\uD83D", "\uDE00", "漢字かな", "。", "؟", "।", "مرحبا", "שלום", "{\"a\":1}", "https://x.example/y?z", "a@b.example", "\t", "\u00A0",
        "Mrs. Pell", "the", "2026-01-05", "12/03/2026", "(", ")", "\"", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "don't", "Ich wohne",
    ];

    private static Arbitrary<string[]> HostileTexts()
    {
        var text = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);
        return Gen.OneOf(text, ArbMap.Default.GeneratorFor<string>().Select(any => any ?? string.Empty)).NonEmptyListOf()
            .Select(texts => texts.ToArray()).ToArbitrary();
    }

    [Fact]
    public void Whatever_is_said_quotes_are_exact_and_the_summary_keeps_within_its_length() =>
        Prop.ForAll(HostileTexts(), texts =>
        {
            var conversation = Writing.Conversation(texts);
            Writing.Check(conversation, Writing.Write(conversation, 200), 200);
            Writing.Check(conversation, Writing.Write(conversation));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_conversation_is_written_the_same_wherever_its_messages_lay() =>
        Prop.ForAll(HostileTexts(), texts =>
        {
            var one = Writing.Write(Writing.Of(texts.Select((text, i) => Writing.Message(text, i))));
            var other = Writing.Write(Writing.Of(texts.Select((text, i) => Writing.Message(text, i, 1_000 - i))));
            return string.Equals(JsonSerializer.Serialize(one), JsonSerializer.Serialize(other), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
