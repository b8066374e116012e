using System.Text.Json;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Tables;
using Xunit;

namespace Recollect.IntegrationTests.Tables;

public sealed class TableMappingTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TableOptions _options = new();

    [Theory]
    [InlineData("""{"id":7,"user_id":42,"title":"T","updated_at":"2025-12-08T04:53:22.123456"}""", "7", "42", "T", 1765169602)]
    [InlineData("""{"id":"7","user_id":"42","title":"","updated_at":"2025-12-08T06:53:22.5+02:00"}""", "7", "42", null, 1765169602)]
    [InlineData("""{"id":"c2f1","user_id":null,"title":null,"updated_at":null}""", "c2f1", "default", null, null)]
    [InlineData("""{"id":9007199254740993,"user_id":" ","updated_at":"infinity"}""", "9007199254740993", "default", null, null)]
    public void A_conversation_is_read_as_it_stands(string row, string id, string user, string? title, int? updated)
    {
        var conversation = Mapping().Conversation(JsonElement.Parse(row));

        Assert.Equal((id, user, title, updated), (conversation!.Thread.Key.Thread, conversation.Thread.Key.Owner.User, conversation.Thread.Title, (int?)conversation.Thread.UpdatedAt?.ToUnixTimeSeconds()));
    }

    [Theory]
    [InlineData("""{"id":1,"user_id":42}""", "default", "departmental")]
    [InlineData("""{"id":1,"user_id":7,"department":"law"}""", "default", "legal")]
    [InlineData("""{"id":1,"user_id":7,"department":"it","scope":"ministry","org":"acme"}""", "acme", "ministry")]
    [InlineData("""{"id":1,"user_id":7,"scope":null,"org":null}""", "default", "personal")]
    public void Scope_and_tenant_come_from_rules_columns_and_defaults(string row, string tenant, string scope)
    {
        (_options.Scopes, _options.ScopeColumn, _options.TenantColumn) = (["user_id=42 -> departmental", "department = law->legal"], "scope", "org");

        var owner = Mapping().Conversation(JsonElement.Parse(row))!.Thread.Key.Owner;

        Assert.Equal((tenant, scope), (owner.Tenant, owner.Scope));
    }

    [Theory]
    [InlineData("""{"id":1,"role":"system","content":null,"created_at":"2025-12-08T04:53:22"}""", "system", "")]
    [InlineData("""{"id":1,"role":null,"content":"x","created_at":"2025-12-08T04:53:22+00:00"}""", "unknown", "x")]
    [InlineData("""{"id":1,"role":"user","content":{"a":1},"created_at":"2025-12-08T04:53:22"}""", "user", """{"a":1}""")]
    public void A_message_is_read_as_it_stands(string row, string role, string text)
    {
        var message = Mapping().Message(JsonElement.Parse(row), Thread(), out _)!.Message;

        Assert.Equal((role, text, new DateTimeOffset(2025, 12, 8, 4, 53, 22, TimeSpan.Zero)), (message.Role, message.Text, message.SentAt));
    }

    [Theory]
    [InlineData("true", Roles.User)]
    [InlineData("false", Roles.Assistant)]
    [InlineData("0", Roles.Assistant)]
    [InlineData("null", "unknown")]
    public void A_column_may_tell_the_person_from_the_bot(string value, string role)
    {
        _options.IsUser = "mine";

        Assert.Equal(role, Mapping().Message(JsonElement.Parse($$"""{"id":1,"mine":{{value}},"created_at":"2025-12-08"}"""), Thread(), out _)!.Message.Role);
    }

    [Theory]
    [InlineData("""{"content":"x","created_at":"2025-12-08"}""", "messages", "id is missing")]
    [InlineData("""{"id":5,"content":"x"}""", "messages:5", "created_at is missing")]
    [InlineData("""{"id":5,"content":"x","created_at":"infinity"}""", "messages:5", "created_at is not an ISO 8601 time")]
    [InlineData("""{"id":5,"content":"x","created_at":"2026-06-03T00:00:00"}""", "messages:5", "created_at lies more than a day in the future")]
    public void A_message_that_cannot_be_read_is_reported_by_its_number(string row, string place, string reason)
    {
        Assert.Null(Mapping().Message(JsonElement.Parse(row), Thread(), out var unreadable));
        Assert.Equal(new UnreadableItem(place, reason), unreadable);
    }

    [Fact]
    public void Names_that_could_be_more_than_names_are_refused()
    {
        (_options.ConversationsTable, _options.MessagesTable, _options.UserId) = ("a.b.c", "messages;--", "user id");
        (_options.Title, _options.SentAt, _options.Scopes, _options.BatchSize) = (string.Empty, string.Empty, ["42 -> x", "a b=c -> d"], 0);

        Assert.Equal(
            ["ConversationsTable", "MessagesTable", "UserId", "SentAt", "Scopes", "Scopes", "BatchSize"],
            new TableOptionsValidator().Validate(name: null, _options).Failures!.Select(failure => failure.Split(' ')[0]["Sources:Tables:".Length..]),
            StringComparer.Ordinal);
        Assert.True(new TableOptionsValidator().Validate(name: null, new()).Succeeded);
    }

    private static SourceThread Thread() => new() { Key = new() { Source = "s", Owner = new() { User = "u" }, Thread = "t" } };

    private TableMapping Mapping() => new(new(_options), "s", new ManualTime(Now));
}
