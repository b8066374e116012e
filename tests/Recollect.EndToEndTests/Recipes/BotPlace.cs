using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe as a team has it: a scripted GREEN-API, a scripted model, scripted embeddings by words, and a real Chroma.</summary>
internal sealed partial class BotPlace : IAsyncDisposable
{
    private const int Dimensions = 1_536;

    private BotPlace(GreenApiServer people, ChatServer model, EmbeddingServer embedder) => (People, Model, Embedder) = (people, model, embedder);

    public Workplace Place { get; } = new();

    public GreenApiServer People { get; }

    public ChatServer Model { get; }

    public EmbeddingServer Embedder { get; }

    /// <summary>Gets the folder of live sessions; archived ones lie in <c>expired</c> within it.</summary>
    public string Sessions => Place.PathOf("data/sessions");

    public static async Task<BotPlace> CreateAsync(ChromaServer chroma)
    {
        var here = new BotPlace(await GreenApiServer.StartAsync(), await ChatServer.StartAsync(), await EmbeddingServer.StartAsync());
        here.Model.KeepsCalls = false;
        here.Embedder.Script(call => new() { Vectors = vectors => vectors.Select(one => (one.Index, OfWords(call.Inputs[one.Index]))) });
        var variables = here.Place.Variables;
        variables["GREEN_API_URL"] = here.People.Url;
        variables["GREEN_API_INSTANCE_ID"] = GreenApiServer.Instance;
        variables["GREEN_API_TOKEN"] = GreenApiServer.Token;
        variables["OPENAI_BASE_URL"] = here.Model.Url;
        variables["OPENAI_API_KEY"] = "sk-of-the-tests";
        variables["OPENAI_MODEL"] = "scripted";
        variables["RECOLLECT__Embedding__OpenAi__Endpoint"] = here.Embedder.Url;
        variables["RECOLLECT__Stores__Chroma__Database"] = await chroma.CreateDatabaseAsync();
        variables["CHROMA_URL"] = chroma.Url;
        variables["RECOLLECT__Runs__Delay"] = "00:00:00.05";
        variables["RECOLLECT__Sessions__LongTerm__MinSimilarity"] = "0.15";
        variables["RECOLLECT__Worker__Claim"] = "00:00:15"; // so long a session waits whose process was killed while it was made a memory of
        here.SwitchMemory(isOn: true);
        var written = await here.Place.RunAsync("init", "--recipe", "bot-sessions");
        Assert.True(written.ExitCode == 0, written.Error);
        return here;
    }

    /// <summary>Switches memory on or off, as people do.</summary>
    public void SwitchMemory(bool isOn) => Place.Write(".env", $"ENABLE_MEMORY_SYSTEM={(isOn ? "true" : "false")}");

    /// <summary>Starts the bot.</summary>
    public RecollectProcess StartBot() => Place.Start("bot", "whatsapp", "--json");

    /// <summary>Ends the bot as Ctrl-C does.</summary>
    public static async Task<JsonElement> StopAsync(RecollectProcess bot)
    {
        await bot.SignalAsync("INT");
        var result = await bot.EndAsync();
        Assert.True(result.ExitCode == 0, result.Error);
        return Workplace.JsonOf(result);
    }

    /// <summary>Tells how often a method of GREEN-API was called.</summary>
    public int Calls(string method) => People.Calls.Count(call => string.Equals(call, method, StringComparison.Ordinal));

    /// <summary>Tells how many sessions are not archived.</summary>
    public int LiveSessions() => Directory.Exists(Sessions)
        ? Directory.GetDirectories(Sessions).Count(folder => File.Exists(Path.Combine(folder, "session.json")))
        : 0;

    /// <summary>Reads archived sessions: the chat, and the texts of the messages in order.</summary>
    public IReadOnlyList<(string Chat, string Id, IReadOnlyList<string> Texts)> ArchivedSessions() =>
    [
        .. Directory.GetFiles(Path.Combine(Sessions, "expired"), "session.json", SearchOption.AllDirectories).Select(path =>
        {
            using var session = JsonDocument.Parse(File.ReadAllText(path));
            Assert.True(session.RootElement.GetProperty("transferred_to_longterm").GetBoolean());
            var texts = session.RootElement.GetProperty("message_ids").EnumerateArray().Select(id =>
            {
                using var message = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "messages", $"{id.GetString()}.json")));
                return message.RootElement.GetProperty("content").GetString()!;
            });
            return (session.RootElement.GetProperty("whatsapp_chat").GetString()!, session.RootElement.GetProperty("session_id").GetString()!, (IReadOnlyList<string>)[.. texts]);
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        await People.DisposeAsync();
        await Model.DisposeAsync();
        await Embedder.DisposeAsync();
        Place.Dispose();
    }

    /// <summary>Makes a vector of the words of a text, so that texts with the same words are near each other.</summary>
    private static float[] OfWords(string text)
    {
        var vector = new float[Dimensions];
        vector[0] = 0.01f;
        foreach (var word in Word().Matches(text).Select(match => match.Value.ToLowerInvariant()))
        {
            var place = Words.GetOrAdd(word, static word => (int)(uint.Parse(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(word)).AsSpan(0, 4)), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % (Dimensions - 1)) + 1);
            vector[place] += 1;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private static readonly ConcurrentDictionary<string, int> Words = new(StringComparer.Ordinal);

    [GeneratedRegex(@"\p{L}{4,}", RegexOptions.None, 1_000)]
    private static partial Regex Word();
}
