// A chat in the terminal with a memory: what you say is recalled in later chats. Empty line or end of input: the end.
// With OPENAI_API_KEY (and OPENAI_BASE_URL, OPENAI_MODEL) in the environment a model answers, else a stand-in, offline.
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Recollect.Chat;
using Recollect.Connectors;
using Recollect.Conversations;
using Recollect.Samples.ConsoleChat;

var user = args.ElementAtOrDefault(0) ?? "dana";
var key = Environment.GetEnvironmentVariable("OPENAI_API_KEY");
await using var recollect = EmbeddedRecollect.Create(options =>
{
    options.Root = args.ElementAtOrDefault(1) ?? "data";
    options.Configuration = new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("Generation:Llm:Client", "openai"),
        new("Generation:OpenAi:ApiKey", key),
        new("Generation:OpenAi:Endpoint", Environment.GetEnvironmentVariable("OPENAI_BASE_URL") ?? "https://api.openai.com/v1"),
        new("Generation:OpenAi:Model", Environment.GetEnvironmentVariable("OPENAI_MODEL") ?? "gpt-4o-mini"),
    ]).Build();
});

// Any IChatClient of any provider could stand here.
var model = string.IsNullOrEmpty(key) ? new QuotingModel() : recollect.Model;
using var client = model.UseRecollect(recollect.Chats);

var thread = $"console-{TimeProvider.System.GetUtcNow():yyyyMMddHHmmssfff}";
var chat = new List<ChatMessage>();
while (Console.ReadLine() is { Length: > 0 } line)
{
    chat.Add(new(ChatRole.User, line));
    var options = new ChatOptions().WithOwner(new Owner { User = user }, thread);
    var updates = new List<ChatResponseUpdate>();
    await foreach (var update in client.GetStreamingResponseAsync(chat, options))
    {
        Console.Write(update.Text);
        updates.Add(update);
    }

    Console.WriteLine();
    chat.AddRange(updates.ToChatResponse().Messages);
}

// Here the chat has ended. A service does this by a timer instead, and leaves out the chats that may still go on.
var report = await recollect.Chats.MemorizeAsync(includeOpen: true);
Console.WriteLine($"{report.Created} conversations memorised, {report.Updated} memorised again.");
