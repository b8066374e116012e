using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recollect.Conformance.Servers;
using Recollect.IntegrationTests.AnythingLlm.Stub;

namespace Recollect.IntegrationTests.Chroma.Stub;

/// <summary>Stands in for a Chroma with one empty collection, where a real one cannot be made to fail. What it is asked is noted.</summary>
internal sealed class ChromaStub : IAsyncDisposable
{
    public const string CollectionId = "392537a4-0000-4000-8000-000000000001";
    public const string Token = "TEST-TOKEN";

    private readonly Lock _lock = new();
    private readonly WebApplication _server;
    private readonly List<(string Route, StubFault Fault)> _faults = [];
    private readonly List<(string Route, JsonElement Body, string? Token)> _calls = [];

    private ChromaStub(WebApplication server) => _server = server;

    /// <summary>Gets the address to configure.</summary>
    public string Url => _server.Urls.First();

    /// <summary>Gets what was asked so far: the last part of each path, what was sent, and the token.</summary>
    public IReadOnlyList<(string Route, JsonElement Body, string? Token)> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<ChromaStub> StartAsync()
    {
        var server = LocalServer.Build();
        var stub = new ChromaStub(server);
        server.Run(stub.AnswerAsync);
        await server.StartAsync();
        return stub;
    }

    /// <summary>Gets a collection as the server tells of it.</summary>
    public static string Collection(string name, string id = CollectionId, int? dimension = 8) =>
        $$$"""{"dimension":{{{JsonSerializer.Serialize(dimension)}}},"id":"{{{id}}}","configuration_json":{"hnsw":{"space":"cosine"}},"metadata":null,"name":"{{{name}}}"}""";

    /// <summary>Lets the next calls of a route fail, one after the other.</summary>
    /// <param name="route">The last part of the path, such as <c>upsert</c>.</param>
    /// <param name="faults">What happens instead.</param>
    public void Fail(string route, params IEnumerable<StubFault> faults)
    {
        lock (_lock)
        {
            _faults.AddRange(faults.Select(fault => (route, fault)));
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = context.Request.ContentLength is null or 0 ? null : await JsonDocument.ParseAsync(context.Request.Body);
        var route = context.Request.Path.Value!.Split('/')[^1];
        if (Note(route, body?.RootElement.Clone() ?? default, context.Request.Headers["x-chroma-token"]) is { } fault && await fault.ActAsync(context))
        {
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(route switch
        {
            "version" => "\"1.0.0\"",
            "pre-flight-checks" => """{"max_batch_size":2}""",
            "collections" when HttpMethods.IsGet(context.Request.Method) => "[]",
            "collections" => Collection(body!.RootElement.GetProperty("name").GetString()!),
            "count" => "0",
            "get" => """{"ids":[]}""",
            "query" => """{"ids":[[]],"distances":[[]]}""",
            "upsert" or "delete" => "{}",
            _ => Collection(route),
        });
    }

    private StubFault? Note(string route, JsonElement body, string? token)
    {
        lock (_lock)
        {
            _calls.Add((route, body, token));
            var at = _faults.FindIndex(fault => string.Equals(fault.Route, route, StringComparison.Ordinal));
            if (at < 0)
            {
                return null;
            }

            var found = _faults[at].Fault;
            _faults.RemoveAt(at);
            return found;
        }
    }
}
