using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recollect.Conformance.Servers;

/// <summary>
/// An OpenAI-compatible endpoint for embeddings on this machine. It makes of each text the same unit vector every time, gives them in
/// another order than asked, holds the limits of the real one, and counts tokens. A script may answer something else first.
/// </summary>
[SuppressMessage("Design", "CA1054", Justification = "Options hold addresses as text")]
public sealed class EmbeddingServer : IAsyncDisposable
{
    private const int MostInputs = 2_048;
    private const long MostTokens = 300_000;

    private readonly WebApplication _application;
    private readonly ConcurrentQueue<EmbeddingCall> _calls = new();
    private int _numbers;
    private int _underWay;
    private int _mostUnderWay;
    private long _tokens;

    private EmbeddingServer(WebApplication application) => _application = application;

    /// <summary>Gets the base address.</summary>
    public string Url => _application.Urls.First() + "/v1";

    /// <summary>Gets every request, in order of arrival.</summary>
    public IReadOnlyCollection<EmbeddingCall> Calls => _calls;

    /// <summary>Gets how many requests were under way at once, at most.</summary>
    public int MostAtOnce => _mostUnderWay;

    /// <summary>Gets the tokens of all requests that were answered with vectors: what is billed.</summary>
    public long BilledTokens => Interlocked.Read(ref _tokens);

    /// <summary>Gets or sets the dimensions where a request names none.</summary>
    public int Dimensions { get; set; } = 1_536;

    /// <summary>Gets or sets how long an answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Gets or sets what counts the tokens of a text: four bytes a token unless set.</summary>
    public Func<string, long> CountTokens { get; set; } = static text => (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    /// <summary>Gets or sets a value indicating whether answers say what they cost.</summary>
    public bool SaysUsage { get; set; } = true;

    /// <summary>Gets or sets what answers first; null for a request: the vectors.</summary>
    public Func<EmbeddingCall, Task<EmbeddingAnswer?>> ScriptAsync { get; set; } = static _ => Task.FromResult<EmbeddingAnswer?>(null);

    /// <summary>Lets every request be answered so, or with vectors where it gives null.</summary>
    public void Script(Func<EmbeddingCall, EmbeddingAnswer?> script) => ScriptAsync = call => Task.FromResult(script(call));

    /// <summary>Starts an endpoint on a free port.</summary>
    public static async Task<EmbeddingServer> StartAsync()
    {
        var application = LocalServer.Build();
        var server = new EmbeddingServer(application);
        application.Run(server.TakeAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>Makes the vector of a text.</summary>
    public static float[] Vector(string text, int dimensions)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var state = BitConverter.ToUInt64(hash) | 1;
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            vector[i] = ((long)(state >> 40) - (1L << 23)) / (float)(1L << 23);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var root = body.RootElement;
        var call = new EmbeddingCall(
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.Authorization.ToString(),
            root.GetProperty("model").GetString()!,
            [.. root.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)],
            root.TryGetProperty("dimensions", out var dimensions) ? dimensions.GetInt32() : null,
            root.TryGetProperty("encoding_format", out var encoding) ? encoding.GetString() : null,
            Interlocked.Increment(ref _numbers));
        _calls.Enqueue(call);
        NoteMost(Interlocked.Increment(ref _underWay));
        try
        {
            await AnswerAsync(context, call, await ScriptAsync(call) ?? Refusal(call) ?? new());
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private void NoteMost(int now)
    {
        for (var most = _mostUnderWay; now > most; most = _mostUnderWay)
        {
            Interlocked.CompareExchange(ref _mostUnderWay, now, most);
        }
    }

    private EmbeddingAnswer? Refusal(EmbeddingCall call) =>
        call.Inputs.Count is 0 or > MostInputs || call.Inputs.Any(text => text.Length == 0) || call.Inputs.Sum(CountTokens) > MostTokens
            ? EmbeddingAnswer.Error(400, "invalid_request_error", code: null)
            : null;

    private async Task AnswerAsync(HttpContext context, EmbeddingCall call, EmbeddingAnswer answer)
    {
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        if (answer.Status < 0)
        {
            await LocalServer.KeepSilentAsync(context);
            return;
        }

        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, context.RequestAborted);
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = answer.RetryAfter;
        }

        if (answer.Location is not null)
        {
            context.Response.Headers.Location = answer.Location;
        }

        await context.Response.WriteAsync(answer.Change(answer.Body ?? Vectors(call, answer)), context.RequestAborted);
    }

    private string Vectors(EmbeddingCall call, EmbeddingAnswer answer)
    {
        var tokens = call.Inputs.Sum(CountTokens);
        Interlocked.Add(ref _tokens, tokens);
        var made = call.Inputs.Select((text, index) => (index, Vector(text, call.Dimensions ?? Dimensions))).ToArray();
        var data = answer.Vectors(made).OrderBy(item => (item.Index * 7919) % 1_009); // another order, the same every time
        var text = new StringBuilder("{\"object\":\"list\",\"data\":[");
        text.AppendJoin(',', data.Select(item =>
            $"{{\"object\":\"embedding\",\"index\":{item.Index.ToString(CultureInfo.InvariantCulture)},\"embedding\":[{string.Join(',', item.Vector.Select(Written))}]}}"));
        text.Append("],\"model\":").Append(JsonSerializer.Serialize(call.Model));
        return (SaysUsage ? text.Append(CultureInfo.InvariantCulture, $",\"usage\":{{\"prompt_tokens\":{tokens},\"total_tokens\":{tokens}}}}}") : text.Append('}')).ToString();
    }

    private static string Written(float value) => float.IsNaN(value) ? "null" : value.ToString("R", CultureInfo.InvariantCulture);
}
