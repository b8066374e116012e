using System.Text.Json;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>A page that a real server gave; it may lie beside the repository but is no part of it.</summary>
public sealed class RealPageTests : IAsyncLifetime
{
    private static readonly string? Page = Find();

    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task It_is_read_whole()
    {
        Assert.SkipWhen(Page is null, "anythingllm-workspace-chats-page.json is not there");
        var text = await File.ReadAllTextAsync(Page!, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(text);
        var chats = json.RootElement.GetProperty("chats").EnumerateArray().ToArray();
        _bench.Stub.Add(chats.Select(chat => new StubChat { Id = chat.GetProperty("id").GetInt64(), Raw = chat.GetRawText() }));

        var read = await _bench.ReadAsync();

        Assert.Empty(_bench.Observer.Unreadable);
        Assert.Equal(chats.Length * 2, read.Count);
        Assert.Equal(chats.Select(chat => chat.GetProperty("prompt").GetString()), read.Where(one => one.Message.Role is Roles.User).Select(one => one.Message.Text), StringComparer.Ordinal);
        Assert.All(read, one => Assert.DoesNotContain('{', one.Message.Text));
        Assert.Equal(["1", "default"], read.Select(one => one.Thread.Key.Thread).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "anythingllm-workspace-chats-page.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
