using FsCheck;
using FsCheck.Fluent;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Llm;

public sealed class ReplyReaderTests
{
    private static readonly SchemaNode Schema = MemorySchema.Read("test", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""").Root;

    [Theory]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""Here you are: {"a":"x"} Shall I go on?""")]
    [InlineData("```json\n{\"a\":\"x\"}\n```")]
    [InlineData("```\n{ \"a\" : \"x\", }\n```")]
    [InlineData("""{"a":"x" /* a "comment" } */ }""")]
    [InlineData("{\"a\":\"x\" // the last } of them\n}")]
    [InlineData("""[{"a":"x"}]""")]
    [InlineData("""<think>{"a":"draft"} or {"b":1}?</think> {"a":"x"}""")]
    [InlineData("""{"b":1} {"a":"x"} {not json}""")]
    [InlineData("""{"a":"x"} and one that is cut off {"a":"y""")]
    [InlineData("\uFEFF{\"\\u0061\":\"\\u0078\"}")]
    public void The_object_is_found(string reply)
    {
        var read = ReplyReader.Read(reply, Schema);
        Assert.Null(read.Misfit);
        Assert.Equal("x", read.Data.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("", "holds no JSON object")]
    [InlineData("I cannot do that.", "holds no JSON object")]
    [InlineData("\"a\"", "holds no JSON object")]
    [InlineData("""{"a":"x""", "cut off")]
    [InlineData("""{"a":"x","b":{"a":"inner"}""", "cut off")]
    [InlineData("""{"a":"x","a":"y"}""", "a field twice")]
    [InlineData("""{"a":NaN}""", "no valid JSON")]
    [InlineData("""{'a':'x'}""", "no valid JSON")]
    [InlineData("""{a:{"a":"inner"}}""", "no valid JSON")]
    [InlineData("""{"a":1}""", "$.a must be of type string, not number")]
    [InlineData("""{"memory":{"a":"x"}}""", "$ lacks \"a\"")]
    [InlineData("""{"a":"x","secret":1}""", "$ has a field beside a")]
    [InlineData("""{"\ud800":"x"}""", "no valid JSON")]
    public void What_is_not_whole_or_of_another_shape_is_refused(string reply, string says)
    {
        var misfit = ReplyReader.Read(reply, Schema).Misfit;
        Assert.Contains(says, misfit, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", misfit, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_too_deep_or_is_far_too_long_is_refused()
    {
        var open = MemorySchema.Read("test", """{"type":"object"}""").Root;
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);
        Assert.Contains("too deep", ReplyReader.Read(deep, open).Misfit, StringComparison.Ordinal);
        Assert.Contains("too long", ReplyReader.Read($"{{\"a\":\"{new string('x', 5_000_000)}\"}}", open).Misfit, StringComparison.Ordinal);
        Assert.Contains("cut off", ReplyReader.Read(new string('{', 1_000_000), open).Misfit, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_reply_is_never_taken_for_the_whole()
    {
        const string Reply = """{"summary":"s","facts":[{"text":"a } b \" {","n":{"x":1}},{}],"more":{}}""";
        var open = MemorySchema.Read("test", """{"type":"object"}""").Root;
        for (var length = 0; length < Reply.Length; length++)
        {
            Assert.NotNull(ReplyReader.Read(Reply[..length], open).Misfit);
        }
    }

    [Fact]
    public void Any_text_can_be_read() => Prop.ForAll<string?>(text =>
    {
        var read = ReplyReader.Read(text ?? string.Empty, Schema);
        return read.Misfit is not null || read.Data.GetProperty("a").GetString() is not null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_stands_around_an_object_it_is_found() => Prop.ForAll<string?, string?, string?>((before, value, after) =>
    {
        var json = System.Text.Json.JsonSerializer.Serialize(new { a = value ?? string.Empty });
        string Prose(string? text) => (text ?? string.Empty).Replace('{', '(').Replace('}', ')');
        var read = ReplyReader.Read($"{Prose(before)}{json}{Prose(after)}", Schema);
        return read.Misfit is null;
    }).QuickCheckThrowOnFailure();
}
