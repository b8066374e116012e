using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Llm;

/// <summary>Another word in a prompt or a schema writes all memories of everybody anew: it must be meant.</summary>
public sealed class PromptTests
{
    [Theory]
    [InlineData("recollect")]
    [InlineData("curiosity-v1")]
    [InlineData("curiosity-v2")]
    [InlineData("curiosity-v3")]
    public void A_request_is_the_one_that_was_approved(string schema)
    {
        var conversation = Talk();
        var instructions = new LlmInstructions(PromptText.Load(string.Empty), MemorySchema.Load(schema));
        var ask = instructions.Ask([.. conversation.Messages.Select((message, i) => new TranscriptPiece(i, message))], conversation);
        Approved.Match($"Request.{schema}", $"version {instructions.Version}\n\n{ask.System.Text}\n\n--- user ---\n{ask.Material}\n");
    }

    [Theory]
    [InlineData("recollect", 644, 122)]
    [InlineData("curiosity-v1", 747, 122)]
    [InlineData("curiosity-v2", 490, 122)]
    [InlineData("curiosity-v3", 572, 122)]
    public void The_tokens_of_a_request_are_estimated_within_a_tenth(string schema, int system, int user) // counted with gpt-tokenizer 4.0.0, o200k
    {
        var conversation = Talk();
        var ask = new LlmInstructions(PromptText.Load(string.Empty), MemorySchema.Load(schema)).Ask([.. conversation.Messages.Select((message, i) => new TranscriptPiece(i, message))], conversation);
        Assert.InRange(ask.Tokens / (double)(system + user + (2 * LlmInstructions.FrameOfAMessage)), 0.9, 1.1);
    }

    [Fact]
    public void A_merging_request_is_the_one_that_was_approved()
    {
        var merge = new LlmInstructions(PromptText.Load(string.Empty), MemorySchema.OfSummary).AskToMerge(["{\"summary\":\"First.\"}", "{\"summary\":\"Second.\"}"], Talk());
        Approved.Match("Request.merge", $"{merge.System.Text}\n\n--- user ---\n{merge.Again("$ lacks \"summary\"").Material}\n");
    }

    [Fact]
    public void A_prompt_is_a_text_or_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("recollect-");
        try
        {
            var path = Path.Combine(folder.FullName, "mine.txt");
            File.WriteAllText(path, "Be brief.\n");
            Assert.Equal("Be brief.", PromptText.Load(path));
            Assert.Equal("Be brief, or mine.txt.\nAlways.", PromptText.Load("Be brief, or mine.txt.\nAlways.\n"));
            Assert.Contains("cannot be read", Assert.Throws<ConfigurationException>(() => PromptText.Load(path + ".md")).Message, StringComparison.Ordinal);
            File.WriteAllText(path, "  ");
            Assert.Contains("is empty", Assert.Throws<ConfigurationException>(() => PromptText.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Settings_that_leave_no_room_or_name_no_schema_are_refused_at_start_where_the_writer_is_in_use()
    {
        Assert.True(Validate(new()).Succeeded);
        Assert.Contains("Generation:Llm:MaxInputTokens (1100) must leave 512 tokens", Validate(new() { MaxInputTokens = 1_100 }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("known: recollect", Validate(new() { Schema = "none" }).FailureMessage, StringComparison.Ordinal);
        Assert.True(Validate(new() { Schema = "none" }, use: "extractive").Skipped);
    }

    private static ValidateOptionsResult Validate(LlmOptions options, string use = "llm") =>
        new LlmSettingsValidator(Options.Create(new GenerationOptions { Use = use })).Validate(name: null, options);

    private static Conversation Talk()
    {
        var start = DateTimeOffset.Parse("2026-03-02T23:58:00Z", CultureInfo.InvariantCulture);
        return Conversation.FromRun(
            new() { Source = "s", Owner = new() { User = "u" }, Thread = "t" },
            [
                new() { Id = "a", Role = Roles.User, Author = "Ravi", Text = "We moved.\nThe new address is \"9 Quarry Hill\".", SentAt = start },
                new() { Id = "b", Role = Roles.Assistant, Text = "Congratulations! 🎉", SentAt = start.AddMinutes(5) },
            ]);
    }
}
