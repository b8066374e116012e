using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recollect.Conformance.Servers;
using Recollect.IntegrationTests.AnythingLlm.Stub;

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>Stands in for Neo4j's Query API: takes the statements of the store and no others, checks the shape of their parameters, and does what they say to nodes in memory.</summary>
internal sealed class Neo4jStub : IAsyncDisposable
{
    public const string User = "neo4j";
    public const string Password = "TEST-PASSWORD";
    public const string Database = "neo4j";

    private readonly Lock _lock = new();
    private readonly WebApplication _server;
    private readonly List<(string Statement, Func<JsonElement, bool> IsMeant, StubFault Fault)> _faults = [];
    private readonly List<(string Statement, JsonElement Parameters)> _calls = [];
    private readonly Channel<string> _arrivals = Channel.CreateUnbounded<string>();

    private Neo4jStub(WebApplication server) => _server = server;

    /// <summary>Gets the address to configure.</summary>
    public string Url => _server.Urls.First();

    /// <summary>Gets the nodes and indexes.</summary>
    public StubGraph Graph { get; } = new();

    /// <summary>Gets what was asked so far.</summary>
    public IReadOnlyList<(string Statement, JsonElement Parameters)> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<Neo4jStub> StartAsync()
    {
        var server = LocalServer.Build();
        var stub = new Neo4jStub(server);
        server.Run(stub.AnswerAsync);
        await server.StartAsync();
        return stub;
    }

    /// <summary>Lets the next call of a statement fail once, or do something first.</summary>
    /// <param name="statement">The statement; empty for any.</param>
    /// <param name="fault">What happens instead.</param>
    /// <param name="isMeant">Which parameters are meant; null for any.</param>
    public void Fail(string statement, StubFault fault, Func<JsonElement, bool>? isMeant = null)
    {
        lock (_lock)
        {
            _faults.Add((statement, isMeant ?? (static _ => true), fault));
        }
    }

    /// <summary>Forgets the nodes and what was asked; the indexes stay.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _calls.Clear();
            Graph.Nodes.Clear();
        }
    }

    /// <summary>Waits for the next call that was not waited for.</summary>
    public async Task<string> ArrivalAsync(CancellationToken cancellationToken) => await _arrivals.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var (statement, parameters) = (body.RootElement.GetProperty("statement").GetString()!, body.RootElement.GetProperty("parameters").Clone());
        if (Note(statement, parameters) is { } fault && await fault.ActAsync(context))
        {
            return;
        }

        if (!string.Equals(context.Request.Headers.Authorization, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}", StringComparison.Ordinal))
        {
            await RefuseAsync(context, 401, "Neo.ClientError.Security.Unauthorized");
        }
        else if (!string.Equals(context.Request.Path, $"/db/{Database}/query/v2", StringComparison.Ordinal) || !HttpMethods.IsPost(context.Request.Method))
        {
            await RefuseAsync(context, 404, "Neo.ClientError.Database.DatabaseNotFound");
        }
        else if (ParameterShapes.WhatIsWrongWith(statement, parameters) is { } wrong)
        {
            await RefuseAsync(context, 400, $"Stub.{wrong}");
        }
        else
        {
            await RunAsync(context, statement, parameters);
        }
    }

    private async Task RunAsync(HttpContext context, string statement, JsonElement parameters)
    {
        try
        {
            var (fields, rows) = Graph.Run(statement, parameters);
            context.Response.StatusCode = 202;
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.Body, new { data = new { fields, values = rows }, bookmarks = new[] { "FB:kcwQ" } });
        }
        catch (StubRefusal refusal)
        {
            await RefuseAsync(context, 202, refusal.Message);
        }
    }

    private StubFault? Note(string statement, JsonElement parameters)
    {
        lock (_lock)
        {
            _calls.Add((statement, parameters));
            _arrivals.Writer.TryWrite(statement);
            var at = _faults.FindIndex(fault => (fault.Statement.Length == 0 || string.Equals(fault.Statement, statement, StringComparison.Ordinal)) && fault.IsMeant(parameters));
            if (at < 0)
            {
                return null;
            }

            var found = _faults[at].Fault;
            _faults.RemoveAt(at);
            return found;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"errors":[{"code":"{{code}}","message":"It is so."}]}""");
    }
}
