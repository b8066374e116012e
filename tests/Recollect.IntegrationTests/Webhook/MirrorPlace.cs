using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Webhook;
using Recollect.Connectors.Webhook.Files;
using Recollect.Connectors.Webhook.Imported;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Sqlite;

namespace Recollect.IntegrationTests.Webhook;

/// <summary>A data root with a store and the files beside it, and what a process does there.</summary>
internal sealed class MirrorPlace : IDisposable
{
    public const string Source = "chats";
    public const string Memories = "conversation_memories.json";
    public const string Processed = "processed_conversations.json";

    private readonly SqliteMemoryStores _stores = new();
    private readonly ScratchFolder _root = new();

    public MirrorPlace(WebhookChangePolicy onChange = WebhookChangePolicy.Send)
    {
        Options = new() { Url = "http://127.0.0.1:9/", OnChange = onChange };
        Store = _stores.Open(Root);
        Start();
    }

    public string Root => _root.Path;

    public WebhookOptions Options { get; }

    public SqliteMemoryStore Store { get; }

    public SentBefore Sent { get; private set; } = null!;

    public MemoryCronMirror Mirror { get; private set; } = null!;

    /// <summary>Gets what the last refresh said.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Starts another process over the same files.</summary>
    public void Start()
    {
        var data = OptionsOf(new DataOptions { Root = Root });
        Sent = new(data, OptionsOf(Options), OptionsOf(new SegmentationOptions()));
        Mirror = new(Store, Sent, OptionsOf(new SourceOptions { Name = Source }), data);
    }

    public string PathOf(string file) => Path.Combine(Root, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public JsonElement[] List(string file)
    {
        using var document = JsonDocument.Parse(Read(file));
        return [.. document.RootElement.EnumerateObject().Single().Value.EnumerateArray().Select(entry => entry.Clone())];
    }

    /// <summary>Writes a file as the program before did.</summary>
    public void Leave(string file, params string[] entries) =>
        File.WriteAllText(PathOf(file), $$"""{"{{(string.Equals(file, Memories, StringComparison.Ordinal) ? "memories" : "processed")}}": [{{string.Join(", ", entries)}}]}""");

    public async Task RefreshAsync()
    {
        Notices.Clear();
        await Store.InitializeAsync(CancellationToken.None);
        await Mirror.BeginAsync(CancellationToken.None);
        await Mirror.RefreshAsync(Notices.Add, CancellationToken.None);
    }

    /// <summary>Gets every file of the mirror with its content and the time of its last change.</summary>
    public string Traces() => string.Join('\n', new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => !file.Name.Contains(".db", StringComparison.Ordinal))
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {File.ReadAllText(file.FullName)}")));

    public void Dispose()
    {
        _stores.Dispose();
        _root.Dispose();
    }

    private static IOptions<TOptions> OptionsOf<TOptions>(TOptions options)
        where TOptions : class => Microsoft.Extensions.Options.Options.Create(options);
}
