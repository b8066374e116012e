using System.Text;
using Recollect.Cli.Evaluation;
using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Evaluation;

public sealed class QuestionLinesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-questions-");

    [Fact]
    public async Task A_line_has_a_question_and_what_answers_it()
    {
        var read = await ReadAsync("""
            {"question": "Where?", "message_ids": ["m2", "m1", "m2"], "tenant": "t", "user": "u", "scope": "s", "thread": "h", "category": "places", "note": 3}

            {"question": "When?", "message_ids": ["m1"], "thread": null}
            """u8);

        Assert.Empty(read.Unreadable);
        var (first, second) = (read.Questions[0], read.Questions[1]);
        Assert.Equal(new Owner { Tenant = "t", User = "u", Scope = "s" }, first.Owner);
        Assert.Equal(("Where?", "h", "places"), (first.Text, first.Thread, first.Category));
        Assert.Equal(["m2", "m1"], first.Evidence, StringComparer.Ordinal);
        Assert.Equal(new Owner { User = Owner.DefaultUser }, second.Owner);
        Assert.Equal(((string?)null, null), (second.Thread, second.Category));
        Assert.EndsWith("questions.jsonl:3", second.Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is not valid JSON")]
    [InlineData("""["question"]""", "is not an object")]
    [InlineData("""{"message_ids": ["m1"]}""", "has no \"question\"")]
    [InlineData("""{"question": 7, "message_ids": ["m1"]}""", "\"question\" is not text")]
    [InlineData("""{"question": " ", "message_ids": ["m1"]}""", "\"question\" is not text, or is empty")]
    [InlineData("""{"question": "a", "question": "b", "message_ids": ["m1"]}""", "repeats a key")]
    [InlineData("""{"question": "a"}""", "has no \"message_ids\"")]
    [InlineData("""{"question": "a", "message_ids": []}""", "has no \"message_ids\"")]
    [InlineData("""{"question": "a", "message_ids": "m1"}""", "has no \"message_ids\"")]
    [InlineData("""{"question": "a", "message_ids": [1]}""", "has no \"message_ids\"")]
    [InlineData("""{"question": "a", "message_ids": ["m1"], "user": ["u"]}""", "\"user\" is not text")]
    [InlineData("""{"question": "a", "message_ids": ["m1"], "scope": ""}""", "\"scope\" is not text, or is empty")]
    [InlineData("""{"question": "good", "message_ids": ["m9"]}""", "is asked already at")]
    [InlineData("""{"\ud800": 1, "question": "a", "message_ids": ["m1"]}""", "")]
    public async Task A_line_that_cannot_be_used_is_named_and_stops_nothing(string line, string reason)
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes("{\"question\": \"good\", \"message_ids\": [\"m1\"]}\n" + line + "\n{\"question\": \"last\", \"message_ids\": [\"m1\"]}"));

        Assert.Equal(["good", "last"], read.Questions.Select(question => question.Text), StringComparer.Ordinal);
        var said = Assert.Single(read.Unreadable);
        Assert.Contains("questions.jsonl:2: ", said, StringComparison.Ordinal);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_lines_without_end_are_named_and_stop_nothing()
    {
        byte[] bytes = [.. "{\"question\": \"\xFF\", \"message_ids\": [\"m1\"]}\n"u8, (byte)'"', 0xC3, (byte)'"', (byte)'\n', .. Enumerable.Repeat((byte)'x', 1_100_000), (byte)'\n', .. "{\"question\": \"last\", \"message_ids\": [\"m1\"]}"u8];

        var read = await ReadAsync(bytes);

        Assert.Equal(["\xFF", "last"], read.Questions.Select(question => question.Text), StringComparer.Ordinal);
        Assert.Collection(
            read.Unreadable,
            said => Assert.EndsWith("questions.jsonl:2: is not valid UTF-8", said, StringComparison.Ordinal),
            said => Assert.EndsWith("questions.jsonl:3: is longer than 1 MiB", said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mark_at_the_start_and_ends_of_lines_of_other_systems_are_no_matter()
    {
        var read = await ReadAsync("\uFEFF{\"question\": \"a\", \"message_ids\": [\"m1\"]}\r\n{\"question\": \"b\", \"message_ids\": [\"\\ud800\"]}\r\n"u8);

        Assert.Empty(read.Unreadable);
        Assert.Equal(["a", "b"], read.Questions.Select(question => question.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_has_no_questions()
    {
        var read = await ReadAsync(""u8);

        Assert.Empty(read.Questions);
        Assert.Empty(read.Unreadable);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<LabelledQuestions> ReadAsync(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder.FullName, "questions.jsonl");
        File.WriteAllBytes(path, bytes);
        return QuestionLines.ReadAsync(path, TestContext.Current.CancellationToken);
    }
}
