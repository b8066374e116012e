using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Recollect.Work;
using Xunit;

namespace Recollect.UnitTests.Work;

public sealed class TaskMessageTests
{
    [Fact]
    public void A_batch_is_written_exactly_as_the_backend_writes_it()
    {
        var (body, conversations) = Assert.Single(TaskMessage.Write(["1", "2", "3"], maxBytes: 1_000));

        Assert.Equal("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[1,2,3]}""", body);
        Assert.Equal(["1", "2", "3"], conversations, StringComparer.Ordinal);
    }

    [Fact]
    public void Ids_that_are_no_whole_numbers_are_texts()
    {
        string[] ids = ["007", "-5", "9223372036854775807", "9223372036854775808", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "a\"b\\", "🪐", "+1", " 1", "１"];

        var (body, _) = Assert.Single(TaskMessage.Write(ids, maxBytes: 10_000));

        Assert.StartsWith("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":["007",-5,9223372036854775807,"9223372036854775808",""", body, StringComparison.Ordinal);
        Assert.Equal(ids, TaskMessage.Read(body).Conversations, StringComparer.Ordinal);
    }

    [Fact]
    public void Whatever_the_ids_are_no_message_is_too_long_and_together_they_hold_each_once_in_order() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            Gen.Choose(90, 400).ToArbitrary(),
            Gen.Choose(1, 9).ToArbitrary(),
            (numbers, maxBytes, maxIds) =>
            {
                string[] ids = [.. numbers.Distinct().Select(number => number % 3 == 0 ? $"id {number}" : number.ToString(CultureInfo.InvariantCulture))];
                var messages = TaskMessage.Write(ids, maxBytes, maxIds).ToList();
                return messages.TrueForAll(message => Encoding.UTF8.GetByteCount(message.Body) <= maxBytes && message.Conversations.Count <= maxIds)
                    && messages.SelectMany(message => TaskMessage.Read(message.Body).Conversations).SequenceEqual(ids, StringComparer.Ordinal)
                    && messages.SelectMany(message => message.Conversations).SequenceEqual(ids, StringComparer.Ordinal);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_ids_are_no_message() => Assert.Empty(TaskMessage.Write([], maxBytes: 1_000));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[1,2]")]
    [InlineData("{")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[1,2]} and more")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":\"1,2\"}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":null}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[1,null]}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[1e400]}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[true]}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[\" \"]}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[[1]]}")]
    [InlineData("{\"task_type\":\"GENERATE_MEMORY_BATCH\",\"conversation_ids\":[\"\\ud800\"]}")]
    [InlineData("{\"task_type\":[\"GENERATE_MEMORY_BATCH\"]}")]
    public void What_cannot_be_read_is_malformed_and_says_why_without_its_text(string body)
    {
        var message = TaskMessage.Read(body);

        Assert.Equal(TaskKind.Malformed, message.Kind);
        Assert.NotEmpty(message.Problem!);
        Assert.True(body.Length < 4 || !message.Problem!.Contains(body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"task_type\":\"USER_PERSONA_GENERATION\",\"user_id\":1}", "USER_PERSONA_GENERATION")]
    [InlineData("{\"task_type\":\"generate_memory_batch\"}", "generate_memory_batch")]
    [InlineData("{\"user_id\":\"1\",\"purpose\":\"chat\"}", null)]
    [InlineData("{\"task_type\":null}", null)]
    [InlineData("{}", null)]
    public void What_asks_for_something_else_is_for_others(string body, string? type) =>
        Assert.Equal((TaskKind.Foreign, type), (TaskMessage.Read(body).Kind, TaskMessage.Read(body).TaskType));

    [Fact]
    public void A_conversation_that_is_named_twice_is_one() =>
        Assert.Equal(["1", "2"], TaskMessage.Read("""{"conversation_ids":[1,"1",2,"2"],"task_type":"GENERATE_MEMORY_BATCH","more":{}}""").Conversations, StringComparer.Ordinal);

    [Fact]
    public void A_body_that_is_nested_without_end_is_malformed() => Assert.Equal(TaskKind.Malformed, TaskMessage.Read(new string('[', 100_000)).Kind);
}
