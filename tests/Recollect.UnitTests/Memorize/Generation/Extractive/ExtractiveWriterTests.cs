using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Extractive;

public sealed class ExtractiveWriterTests
{
    private static readonly string[] Move =
    [
        "Hi! How are you?",
        "Fine, thanks. What can I do for you?",
        "We moved last week. Our new address is 9 Quarry Hill, not 3 Mill Row any more.",
        "Congratulations! Shall I note the new address?",
        "Yes please. The rent is £640 a month and my neighbour Oskar keeps the spare key.",
        "Noted.",
        "Thank you so much!",
    ];

    [Fact]
    public void What_changed_is_in_the_summary_and_greetings_are_not()
    {
        var written = Writing.Write(Writing.Conversation(Move));

        Assert.Contains("9 Quarry Hill", written.Summary, StringComparison.Ordinal);
        Assert.Contains("£640", written.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("How are you", written.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("Thank you", written.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_have_kinds_and_exact_quotes()
    {
        var conversation = Writing.Conversation(Move);

        var written = Writing.Write(conversation);

        Writing.Check(conversation, written);
        Assert.Contains(written.Facts, fact => fact.Kind is "statement" && fact.Text.Contains("new address", StringComparison.Ordinal));
        Assert.Contains(written.Facts, fact => fact.Kind is "number" && fact.Text.Contains("£640", StringComparison.Ordinal));
        Assert.Contains(written.Facts, fact => fact.Kind is "person" && fact.Text.StartsWith("Oskar – Ravi: ", StringComparison.Ordinal));
        Assert.All(written.Facts, fact => Assert.NotNull(fact.Citations[0].Quote));
    }

    [Fact]
    public void A_relative_date_says_when_it_was_said()
    {
        var written = Writing.Write(Writing.Conversation("The plumber comes tomorrow at 5 pm to replace the boiler."));

        var fact = Assert.Single(written.Facts);
        Assert.Equal("date", fact.Kind);
        Assert.StartsWith("Ravi (2026-03-02): The plumber", fact.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_answer_keeps_its_question()
    {
        var written = Writing.Write(Writing.Conversation("The kitchen fitters called about the delivery.", "When do the fitters bring the worktop?", "Friday the 27th."));

        Assert.Contains("When do the fitters bring the worktop?\nRavi: Friday the 27th.", written.Summary, StringComparison.Ordinal);
        var date = Assert.Single(written.Facts, fact => fact.Kind is "date");
        Assert.Equal("m2 m3", string.Join(" ", date.Citations.Select(citation => citation.MessageId)));
    }

    [Fact]
    public void German_is_understood()
    {
        var written = Writing.Write(Writing.Conversation(
            "Guten Morgen!",
            "Guten Morgen! Was kann ich tun?",
            "Ich wohne jetzt in Kassel, und meine Tochter Greta kommt am 4. September in die Schule. Frau Nowak ist die Lehrerin.",
            "Schön, das merke ich mir.",
            "Danke!"));

        Assert.Contains("Ich wohne jetzt in Kassel", written.Summary, StringComparison.Ordinal);
        Assert.Contains("4. September in die Schule", written.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("Guten Morgen", written.Summary, StringComparison.Ordinal);
        Assert.Contains(written.Facts, fact => fact.Kind is "statement");
        Assert.Contains(written.Facts, fact => fact.Text.StartsWith("Frau Nowak – ", StringComparison.Ordinal));
        Assert.DoesNotContain(written.Facts, fact => fact.Text.StartsWith("Schule", StringComparison.Ordinal));
    }

    [Fact]
    public void Code_and_addresses_of_the_web_are_no_topics()
    {
        var written = Writing.Write(Writing.Conversation(
            "The scraper fails on large files:\n```csharp\nvar zebra = Quagga.Parse(okapi);\nthrow new Exception(zebra);\n```\nSee https://example.org/quagga/okapi for the scraper logs.",
            "The scraper loads whole files into memory; stream the rows instead."));

        Assert.Contains(written.Topics, topic => topic.Contains("scraper", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(written.Topics, topic => topic.Contains("quagga", StringComparison.OrdinalIgnoreCase) || topic.Contains("zebra", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Exception", written.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_keeps_its_usual_spelling()
    {
        var written = Writing.Write(Writing.Conversation("I play in the Harbour Choir.", "What does the Harbour Choir sing?", "The Harbour Choir sings shanties."));

        Assert.Equal("Harbour Choir", written.Topics[0]);
    }

    [Fact]
    public void The_version_names_the_length()
    {
        var writer = new Recollect.Memorize.Generation.Extractive.ExtractiveWriter(
            Microsoft.Extensions.Options.Options.Create(new Recollect.Memorize.Generation.Extractive.ExtractiveOptions { MaxCharacters = 800 }));

        Assert.Equal("extractive", writer.Name);
        Assert.Equal("extractive/1/800", writer.Version);
    }
}
