using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Recollect.Conformance.Ingest.Sources;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Ingest.Sources.Files;

namespace Recollect.UnitTests.Ingest.Sources.Files;

/// <summary>A temporary folder with chats in it.</summary>
internal sealed class ChatFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chats-");

    public string Path => _folder.FullName;

    public FilesSourceOptions Options { get; } = new();

    public RecordingObserver Observer { get; private set; } = new();

    public static string Line(SourceMessage message) =>
        JsonSerializer.Serialize(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["id"] = message.Message.Id,
            ["user"] = message.Thread.Key.Owner.User,
            ["workspace"] = message.Thread.Key.Workspace,
            ["thread"] = message.Thread.Key.Thread,
            ["role"] = message.Message.Role,
            ["text"] = message.Message.Text,
            ["sent_at"] = message.Message.SentAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        }) + "\n";

    public string Write(string name, string text) => Write(name, new UTF8Encoding(false).GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Join(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public ISource Source(params string[] paths)
    {
        Options.Paths = paths.Length == 0 ? [Path] : [.. paths.Select(path => System.IO.Path.Join(Path, path))];
        return new FilesSource(
            Microsoft.Extensions.Options.Options.Create(Options),
            Microsoft.Extensions.Options.Options.Create(new SourceOptions()),
            NullLogger<FilesSource>.Instance,
            new FixedTime());
    }

    public async Task<List<SourceMessage>> ReadAsync(params string[] paths)
    {
        Observer = new RecordingObserver();
        List<SourceMessage> messages = [];
        await foreach (var message in Source(paths).ReadAsync(ReadRequest.Everything, Observer, CancellationToken.None))
        {
            messages.Add(message);
        }

        return messages;
    }

    public Task<List<SourceMessage>> ReadTextAsync(string name, string text)
    {
        Write(name, text);
        return ReadAsync(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
