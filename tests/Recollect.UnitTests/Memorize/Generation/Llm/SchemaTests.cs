using System.Text.Json;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.UnitTests.Memorize.Generation.Llm;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", null)]
    [InlineData("""{"type":"string"}""", "1", "$ must be of type string, not number")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":["string","null"]}""", "[]", "$ must be of type string or null, not array")]
    [InlineData("""{"type":"integer"}""", "2.0", null)]
    [InlineData("""{"type":"integer"}""", "2.5", "$ must be of type integer, not number")]
    [InlineData("""{"type":"boolean"}""", "false", null)]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "1", null)]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "-0.1", "$ is less than 0")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "1.1", "$ is more than 1")]
    [InlineData("{}", "1e999", "$ is no number that can be kept")]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"a\"", "$ is shorter than 2 characters")]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"👍👍\"", null)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"abcd\"", "$ is longer than 3 characters")]
    [InlineData("""{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string"}}""", "[]", "$ has 0 items, fewer than 1")]
    [InlineData("""{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string"}}""", "[\"a\",\"b\",\"c\"]", "$ has 3 items, more than 2")]
    [InlineData("""{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string"}}""", "[\"a\",1]", "$[1] must be of type string, not number")]
    [InlineData("""{"enum":["a",1,null]}""", "null", null)]
    [InlineData("""{"enum":["a",1,null]}""", "\"secret\"", "$ is none of the 3 values that are allowed")]
    [InlineData("""{"const":"a"}""", "\"b\"", "$ is none of the 1 values that are allowed")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null", null)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "true", "$ fits none of its alternatives")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "{\"secret\":1}", "$ lacks \"a\"")]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":false}""", "{\"secret\":1}", "$ has a field beside a")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", "{\"secret\":1}", "$.* must be of type string, not number")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","required":["b"]}}}}""", "{\"a\":[{\"b\":1},{}]}", "$.a[1] lacks \"b\"")]
    [InlineData("true", "[1,{}]", null)]
    public void What_does_not_fit_is_named_by_its_place(string schema, string value, string? misfit) =>
        Assert.Equal(misfit, new SchemaReader("test").Read(JsonElement.Parse(schema)).FindMisfit(JsonElement.Parse(value)));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/x"}}}""", "$.properties.a.$ref is not supported; known: type")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "$.patternProperties is not supported")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"text"}}}""", "$.properties.a.type must be of object, array")]
    [InlineData("""{"type":"array","items":{}}""", "the type at the top must be \"object\"")]
    [InlineData("""{"type":"object","required":["a"],"additionalProperties":false}""", "$ requires \"a\", which it does not allow")]
    [InlineData("""{"type":"object","properties":{"a":{"minLength":-1}}}""", "must be a whole number")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":"1"}}}""", "must be a number")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[]}}}""", "must be a list of at least one")]
    [InlineData("""{"type":"object","properties":[]}""", "must be an object")]
    [InlineData("""{"type":"object","properties":{"a":3}}""", "$.properties.a is no schema")]
    [InlineData("""{"type":"object","type":"object"}""", "is no JSON")]
    [InlineData("type: object", "is no JSON")]
    [InlineData("""{"type":"object","properties":{"message_ids":{},"quote":{"type":"string"}}}""", "must allow null beside message_ids")]
    public void A_schema_that_cannot_be_checked_is_refused_at_start(string schema, string says)
    {
        var failure = Assert.Throws<ConfigurationException>(() => MemorySchema.Read("mine.json", schema));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Generation:Llm:Schema mine.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_may_have_comments_and_titles()
    {
        var schema = MemorySchema.Read("mine.json", """{"type":"object","title":"t","description":"d", /* of mine */ "properties":{"notes":{"type":"string"},},}""");
        Assert.Equal("""{"type":"object","title":"t","description":"d","properties":{"notes":{"type":"string"}}}""", schema.Text);
        Assert.Null(schema.SummaryField);
    }

    [Fact]
    public void The_schemas_that_are_shipped_can_be_read_and_tell_their_summary()
    {
        Assert.Equal(
            ["recollect summary True", "curiosity-v1 conversation_summary False", "curiosity-v2 typical_observation False", "curiosity-v3  False"],
            MemorySchema.Shipped.Select(name => $"{name} {MemorySchema.Load(name).SummaryField} {MemorySchema.Load(name).IsJoinable}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.Equal(
            "Generation:Llm:Schema is \"reccolect\"; known: recollect, curiosity-v1, curiosity-v2, curiosity-v3, or the path of a JSON schema.",
            Assert.Throws<ConfigurationException>(() => MemorySchema.Load("reccolect")).Message);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("no-such-schema.json cannot be read", Assert.Throws<ConfigurationException>(() => MemorySchema.Load("no-such-schema.json")).Message, StringComparison.Ordinal);
}
