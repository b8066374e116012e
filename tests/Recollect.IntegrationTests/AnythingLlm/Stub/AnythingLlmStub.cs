using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recollect.Conformance.Servers;

namespace Recollect.IntegrationTests.AnythingLlm.Stub;

/// <summary>Stands in for AnythingLLM: the routes of its developer API that matter here, with its rules of paging and its ways to fail.</summary>
internal sealed class AnythingLlmStub : IAsyncDisposable
{
    public const string Key = "TEST-KEY-0000000-0000000-0000000-0000000";
    public const string ChatsRoute = "v1/admin/workspace-chats";
    public const string AuthRoute = "v1/auth";
    public const string WorkspacesRoute = "v1/workspaces";

    private const int PageSize = 20;

    private readonly Lock _lock = new();
    private readonly WebApplication _server;
    private readonly SortedDictionary<long, StubChat> _chats = [];
    private readonly Dictionary<string, Queue<StubFault>> _faults = new(StringComparer.Ordinal);
    private readonly List<StubCall> _calls = [];
    private readonly Channel<StubCall> _arrivals = Channel.CreateUnbounded<StubCall>();

    private AnythingLlmStub(WebApplication server) => _server = server;

    /// <summary>Gets the address to configure.</summary>
    public string Url => $"{Root}/api";

    /// <summary>Gets the address without <c>/api</c>, where the web page lies.</summary>
    public string Root => _server.Urls.First();

    /// <summary>Gets the calls so far.</summary>
    public IReadOnlyList<StubCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Gets the pages of chats that were asked for so far.</summary>
    public IReadOnlyList<string?> Offsets => [.. Calls.Where(call => call.Route is ChatsRoute).Select(call => call.Offset)];

    public static async Task<AnythingLlmStub> StartAsync()
    {
        var server = LocalServer.Build();
        var stub = new AnythingLlmStub(server);
        server.Run(stub.AnswerAsync);
        await server.StartAsync();
        return stub;
    }

    /// <summary>Adds chats; one of a known id replaces it.</summary>
    public void Add(params IEnumerable<StubChat> chats)
    {
        lock (_lock)
        {
            foreach (var chat in chats)
            {
                _chats[chat.Id] = chat;
            }
        }
    }

    /// <summary>Removes chats.</summary>
    public void Remove(params IEnumerable<long> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                _chats.Remove(id);
            }
        }
    }

    /// <summary>Forgets chats, faults and calls.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _chats.Clear();
            _faults.Clear();
            _calls.Clear();
        }
    }

    /// <summary>Lets calls of a route fail, one after the other.</summary>
    public void Fail(string route, params IEnumerable<StubFault> faults)
    {
        lock (_lock)
        {
            if (!_faults.TryGetValue(route, out var queue))
            {
                _faults.Add(route, queue = new());
            }

            foreach (var fault in faults)
            {
                queue.Enqueue(fault);
            }
        }
    }

    /// <summary>Waits for the next call that was not waited for.</summary>
    public async Task<StubCall> ArrivalAsync(CancellationToken cancellationToken) => await _arrivals.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        const string Api = "/api/";
        var path = context.Request.Path.Value!;
        if (!path.StartsWith(Api, StringComparison.Ordinal))
        {
            await AnswerWithPageAsync(context);
            return;
        }

        using var body = context.Request.ContentLength > 0 ? await JsonDocument.ParseAsync(context.Request.Body) : null;
        var offset = body is not null && body.RootElement.TryGetProperty("offset", out var given) ? given : default;
        var call = new StubCall(path[Api.Length..], offset.ValueKind is JsonValueKind.Undefined ? null : offset.GetRawText());
        if (Note(call) is { } fault && await fault.ActAsync(context))
        {
            return;
        }

        if (!string.Equals(context.Request.Headers.Authorization, $"Bearer {Key}", StringComparison.Ordinal))
        {
            await WriteAsync(context, 403, """{"error":"No valid api key found."}""");
            return;
        }

        switch (context.Request.Method, call.Route)
        {
            case ("POST", ChatsRoute):
                await WriteAsync(context, 200, PageOf(offset));
                break;
            case ("GET", AuthRoute):
                await WriteAsync(context, 200, """{"authenticated":true}""");
                break;
            case ("GET", WorkspacesRoute):
                await WriteAsync(context, 200, Workspaces());
                break;
            case ("GET", _) when call.Route.StartsWith("v1/workspace/", StringComparison.Ordinal) && call.Route.EndsWith("/chats", StringComparison.Ordinal):
                await WriteAsync(context, 200, History(call.Route.Split('/')[2]));
                break;
            default:
                await AnswerWithPageAsync(context);
                break;
        }
    }

    private StubFault? Note(StubCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
            _arrivals.Writer.TryWrite(call);
            return _faults.TryGetValue(call.Route, out var queue) && queue.TryDequeue(out var fault) ? fault : null;
        }
    }

    /// <summary>Counts as JavaScript does: <c>"1" * 20</c> is 20, but <c>"1" + 1</c> is 11.</summary>
    private string PageOf(JsonElement offset)
    {
        var (page, next) = offset.ValueKind switch
        {
            JsonValueKind.Number => (offset.GetInt32(), offset.GetInt32() + 1),
            JsonValueKind.String => (int.Parse(offset.GetString()!, CultureInfo.InvariantCulture), int.Parse($"{offset.GetString()}1", CultureInfo.InvariantCulture)),
            _ => (0, 1),
        };
        lock (_lock)
        {
            var chats = _chats.Values.Reverse().Skip(page * PageSize).Take(PageSize).Select(chat => chat.ToJson());
            return $"{{\"chats\":[{string.Join(',', chats)}],\"hasPages\":{(_chats.Count > next * PageSize ? "true" : "false")}}}";
        }
    }

    private string Workspaces()
    {
        lock (_lock)
        {
            return JsonSerializer.Serialize(new { workspaces = _chats.Values.Where(chat => chat.WorkspaceSlug is not null).DistinctBy(chat => chat.WorkspaceSlug, StringComparer.Ordinal).Select(chat => new { slug = chat.WorkspaceSlug, name = chat.WorkspaceName }) });
        }
    }

    private string History(string slug)
    {
        lock (_lock)
        {
            var chats = _chats.Values.Where(chat => string.Equals(chat.WorkspaceSlug, slug, StringComparison.Ordinal) && chat is { ThreadId: null, Session: null, Include: true });
            return JsonSerializer.Serialize(new { history = chats.Take(1).Select(chat => new { role = "user", content = chat.Prompt, chatId = chat.Id }) });
        }
    }

    private static Task AnswerWithPageAsync(HttpContext context)
    {
        context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? 200 : 404;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync("<!DOCTYPE html><html><body>AnythingLLM</body></html>");
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json);
    }
}
