using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

/// <summary>Makes writers over a scripted model, and conversations for them.</summary>
internal static class LlmWriters
{
    public const string Key = "sk-test-0123456789";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public static LlmWriter Of(ChatServer server, Action<LlmOptions>? change = null, TimeProvider? time = null) => Over(Client(server, time: time), change);

    public static OpenAiChatClient Client(ChatServer server, Action<OpenAiChatOptions>? change = null, TimeProvider? time = null)
    {
        var options = new OpenAiChatOptions { Endpoint = server.Url, ApiKey = Key, Model = "scripted" };
        change?.Invoke(options);
        return new(Options.Create(options), time ?? TimeProvider.System);
    }

    public static LlmWriter Over(IChatClient client, Action<LlmOptions>? change = null)
    {
        var options = new LlmOptions();
        change?.Invoke(options);
        return new(client, Options.Create(options), NullLogger<LlmWriter>.Instance);
    }

    /// <summary>Makes a conversation whose messages have ids of a source.</summary>
    public static Conversation Talk(params IEnumerable<string> texts) => Conversation.FromRun(
        new() { Source = "test", Owner = new() { User = "u1" }, Thread = "t1" },
        [.. texts.Select((text, i) => new Message { Id = $"row-{i * 7}", Role = i % 2 == 0 ? Roles.User : Roles.Assistant, Text = text, SentAt = Start.AddMinutes(i), Position = i })]);

    public static async Task<WrittenMemory> WriteAsync(LlmWriter writer, Conversation conversation) => await writer.WriteAsync(conversation, TestContext.Current.CancellationToken);

    public static Task<GenerationException> FailAsync(LlmWriter writer, Conversation conversation) =>
        Assert.ThrowsAsync<GenerationException>(() => WriteAsync(writer, conversation));
}
