using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recollect.Chat;
using Recollect.Connectors;
using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.Ingest.Sources;
using Recollect.Recall;
using Xunit;

namespace Recollect.IntegrationTests.Chat;

public sealed class EmbeddedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-embedded-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_lines_give_a_host_a_chat_client_that_remembers()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Data:Root", "/dev/null/not ours"), new("Stores:Use", "the program's own setting")]);
        using var model = new StandInClient();
        builder.Services.AddRecollect(options => options.Root = _folder.FullName);
        builder.Services.AddSingleton(services => model.UseRecollect(services));
        using var host = builder.Build();
        await host.StartAsync(Token);

        var client = host.Services.GetRequiredService<IChatClient>();
        await client.GetResponseAsync("My cat is called Biscuit.", ChatPlace.Of("dana"), Token);
        await host.Services.GetRequiredService<ChatMemory>().MemorizeAsync(includeOpen: true, Token);
        await client.GetResponseAsync("What is my cat called?", ChatPlace.Of("dana", "later"), Token);

        Assert.Contains("Biscuit", model.Sent[^1][0].Text, StringComparison.Ordinal);
        Assert.NotNull(host.Services.GetRequiredService<RecallEngine>());
        Assert.NotNull(host.Services.GetRequiredService<MemoryPipeline>());
        Assert.NotNull(host.Services.GetRequiredService<UserEraser>());
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task What_was_said_outlives_the_program_and_files_are_memorised_beside_it()
    {
        var file = Path.Combine(_folder.FullName, "old.jsonl");
        await File.WriteAllTextAsync(file, """{"thread":"t","user":"dana","role":"user","text":"The ferry leaves at noon.","sent_at":"2026-01-05T10:00:00Z"}""", Token);
        using var model = new StandInClient();
        await using (var first = Create(file))
        {
            await model.UseRecollect(first.Chats).GetResponseAsync("The ferry is called Aurora.", ChatPlace.Of("dana"), Token);
        }

        await using var second = Create(file);
        var report = await second.Chats.MemorizeAsync(includeOpen: true, Token);

        Assert.Equal(2, report.Created);
        Assert.Equal(2, (await second.Chats.RecallAsync(new() { Owner = new() { User = "dana" }, Text = "ferry" }, Token)).Count);
    }

    [Theory]
    [InlineData("Stores:Use", "nothing", "known: ")]
    [InlineData("Segmentation:Window", "-1.00:00:00", "Window")]
    [InlineData("Sources:Use", "postgres", "Sources:Postgres:ConnectionString is empty")]
    public void What_is_wrong_with_the_settings_is_said_at_once(string name, string value, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => EmbeddedRecollect.Create(options =>
        {
            options.Root = _folder.FullName;
            options.Configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chats_that_no_run_would_read_are_not_begun()
    {
        var error = Assert.Throws<ConfigurationException>(() => EmbeddedRecollect.Create(options =>
        {
            options.Root = _folder.FullName;
            options.Services = services => services.Configure<SourceOptions>(source => source.Use = "mine");
        }));

        Assert.Contains("Sources:Use is \"mine\"", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private EmbeddedRecollect Create(string file) => EmbeddedRecollect.Create(options =>
    {
        options.Root = Path.Combine(_folder.FullName, "data");
        options.Files.Add(file);
    });
}
