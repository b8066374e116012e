using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Recollect.Chat;
using Recollect.Conformance;
using Recollect.Connectors;
using Recollect.Conversations;
using Xunit;

namespace Recollect.IntegrationTests.Chat;

/// <summary>A Recollect within a program, in a folder of one test, with a clock that the test moves.</summary>
internal sealed class ChatPlace : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-chat-");

    public ChatPlace(ILoggerFactory? loggers = null, Action<EmbeddedSettings>? configure = null) =>
        Recollect = EmbeddedRecollect.Create(
            options =>
            {
                options.Root = Root;
                configure?.Invoke(options);
            },
            loggers,
            Time);

    public ManualTime Time { get; } = new(new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));

    public EmbeddedRecollect Recollect { get; }

    public ChatMemory Memory => Recollect.Chats;

    public string Root => Path.Combine(_folder.FullName, "data");

    public static ChatOptions Of(string user, string? thread = null) => new ChatOptions().WithOwner(new Owner { User = user }, thread);

    /// <summary>Gets the texts that are kept, file by file, in order.</summary>
    public string[] Kept() => [.. Lines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!)];

    public string[] Lines() =>
        Directory.Exists(Path.Combine(Root, "chats"))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, "chats"), "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(File.ReadLines)]
            : [];

    /// <summary>Lets all conversations end, and makes memories of them.</summary>
    public async Task EndAsync()
    {
        Time.Advance(TimeSpan.FromHours(2));
        var report = await Memory.MemorizeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(report.Failed);
    }

    public async ValueTask DisposeAsync()
    {
        await Recollect.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
