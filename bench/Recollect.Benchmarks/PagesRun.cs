using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Benchmarks;

/// <summary>The pages of <c>serve</c> over many memories: bytes, requests and time to first byte, of the first visit after a start and of later ones.</summary>
internal static partial class PagesRun
{
    private const int Visits = 21;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10); // that one page is visited again and again
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var memories = arguments.Number("--memories", 100_000);
        using var workspace = new Workspace(arguments.Text("--data"));
        if (!Directory.Exists(workspace.Data))
        {
            Phase.PrintHead();
            new ChatGenerator(new(memories, arguments.Number("--messages", memories * 2), arguments.Number("--owners", 1_000))).Write(workspace.Chats);
            await WholeRun.BackfillAsync("backfill", workspace, arguments);
        }

        Console.WriteLine("| page | bytes | requests | first byte after a start, ms | median of later ones, ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var page in await PagesAsync(workspace.Data))
        {
            await MeasureAsync(arguments.Text("--command") ?? "./recollect", workspace.Data, page);
        }

        return 0;
    }

    private static async Task<string[]> PagesAsync(string data)
    {
        await using var services = Engine.Build(data);
        var store = services.GetRequiredService<IMemoryStore>();
        await store.InitializeAsync(CancellationToken.None);
        var user = ChatGenerator.UserOf(7);
        var memory = (await store.ListAsync(new Owner { User = user }.Visibility, after: null, 1, CancellationToken.None)).Single();
        return ["/", "/users", $"/memories?user={user}", $"/memories/{memory.Id}?user={user}", $"/search?query=When+is+the+dentist+appointment%3F&user={user}", "/runs", "/sessions", "/doctor"];
    }

    private static async Task MeasureAsync(string command, string data, string page)
    {
        using var server = Process.Start(new ProcessStartInfo(command, ["serve", "--urls", "http://127.0.0.1:0", "--data-root", data, "--json"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.BeginErrorReadLine(); // what it logs is of no interest here
        try
        {
            using var line = JsonDocument.Parse((await server.StandardOutput.ReadLineAsync())!);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(line.RootElement.GetProperty("urls")[0].GetString()!), Timeout = Patience };
            await WaitAsync(client);
            var (first, body) = await VisitAsync(client, page);
            var bytes = body.Length;
            var files = Files().Matches(System.Text.Encoding.UTF8.GetString(body)).Select(match => match.Groups["url"].Value).ToArray();
            foreach (var file in files)
            {
                bytes += (await VisitAsync(client, file)).Body.Length;
            }

            var later = new Latencies();
            var start = Stopwatch.GetTimestamp();
            for (var visit = 0; visit == 0 || (visit < Visits && Stopwatch.GetElapsedTime(start) < Longest); visit++)
            {
                later.Add((await VisitAsync(client, page)).FirstByte);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{page.Split('?')[0]}` | {bytes:N0} | {files.Length + 1} | {first.TotalMilliseconds:F0} | {later.At(0.5):F1} |"));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    /// <summary>Waits until the server says that it is ready, as whoever starts one does before sending people there.</summary>
    private static async Task WaitAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready");
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"The server is not ready: {answer.StatusCode}.");
        }
    }

    private static async Task<(TimeSpan FirstByte, byte[] Body)> VisitAsync(HttpClient client, string url)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1];
        var read = await stream.ReadAsync(buffer);
        var firstByte = Stopwatch.GetElapsedTime(start);
        using var body = new MemoryStream();
        await body.WriteAsync(buffer.AsMemory(0, read));
        await stream.CopyToAsync(body);
        return (firstByte, body.ToArray());
    }

    [GeneratedRegex("<(link rel=\"stylesheet\" href|script src)=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Files();
}
