using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recollect.Conformance.Servers;

/// <summary>
/// A model on this machine, behind OpenAI's chat completions and Anthropic's messages. It replies as <see cref="ScriptedModel"/> does, keeps to its
/// context window and to the most tokens of a reply, and counts tokens. A script may answer something else first.
/// </summary>
[SuppressMessage("Design", "CA1054", Justification = "Options hold addresses as text")]
public sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<ChatCall> _calls = new();
    private int _numbers;
    private long _input;
    private long _output;

    private ChatServer(WebApplication application) => _application = application;

    /// <summary>Gets the base address.</summary>
    public string Url => _application.Urls.First() + "/v1";

    /// <summary>Gets every request, in order of arrival.</summary>
    public IReadOnlyCollection<ChatCall> Calls => _calls;

    /// <summary>Gets the tokens of all requests that were answered with a completion: what is billed.</summary>
    public (long Input, long Output) Billed => (Interlocked.Read(ref _input), Interlocked.Read(ref _output));

    /// <summary>Gets or sets how long an answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Gets or sets the context window, in tokens of a request; null for none.</summary>
    public long? ContextTokens { get; set; }

    /// <summary>Gets or sets what counts the tokens of a text: four bytes a token unless set.</summary>
    public Func<string, long> CountTokens { get; set; } = static text => (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    /// <summary>Gets or sets a value indicating whether answers say what they cost.</summary>
    public bool SaysUsage { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether it sends replies while they are made, where that is asked for.</summary>
    public bool DoesStream { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether requests are kept in <see cref="Calls"/>.</summary>
    public bool KeepsCalls { get; set; } = true;

    /// <summary>Gets or sets what answers first; null for a request: what the model says.</summary>
    public Func<ChatCall, Task<ChatAnswer?>> ScriptAsync { get; set; } = static _ => Task.FromResult<ChatAnswer?>(null);

    /// <summary>Lets every request be answered so, or by the model where it gives null.</summary>
    public void Script(Func<ChatCall, ChatAnswer?> script) => ScriptAsync = call => Task.FromResult(script(call));

    /// <summary>Starts a model on a free port.</summary>
    public static async Task<ChatServer> StartAsync()
    {
        var application = LocalServer.Build();
        var server = new ChatServer(application);
        application.Run(server.TakeAsync);
        await application.StartAsync();
        return server;
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
        var call = new ChatCall(
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal),
            body.RootElement.Clone(),
            Interlocked.Increment(ref _numbers));
        if (KeepsCalls)
        {
            _calls.Enqueue(call);
        }

        await AnswerAsync(context, call, await ScriptAsync(call) ?? (InputOf(call) > ContextTokens ? ChatAnswer.TooLong : new()));
    }

    private async Task AnswerAsync(HttpContext context, ChatCall call, ChatAnswer answer)
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

        var whole = answer.Body ?? Completion(call, answer);
        if (answer is { Status: 200, Body: null } && DoesStream && call.Streams)
        {
            context.Response.ContentType = "text/event-stream";
            whole = call.IsMessages ? MessageEvents(whole) : CompletionChunks(whole);
        }

        await context.Response.WriteAsync(answer.Change(whole), context.RequestAborted);
    }

    /// <summary>Cuts a completion into pieces of a few characters.</summary>
    private static string CompletionChunks(string completion)
    {
        using var document = JsonDocument.Parse(completion);
        var choice = document.RootElement.GetProperty("choices")[0];
        var message = choice.GetProperty("message");
        var chunks = Pieces(message.GetProperty("content").GetString()).Select(piece => (object)new { choices = new[] { new { index = 0, delta = new { content = piece }, finish_reason = (string?)null } } })
            .Append(new { choices = new[] { new { index = 0, delta = new { refusal = message.GetProperty("refusal").GetString() }, finish_reason = choice.GetProperty("finish_reason").GetString() } } });
        return string.Concat(chunks.Select(chunk => $"data: {JsonSerializer.Serialize(chunk)}\n\n").Prepend(": a sign of life\n\n").Append("data: [DONE]\n\n"));
    }

    private static string MessageEvents(string message)
    {
        using var document = JsonDocument.Parse(message);
        var text = string.Concat(document.RootElement.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("text").GetString()));
        object[] events =
        [
            new { type = "message_start", message = new { role = "assistant" } },
            new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } },
            .. Pieces(text).Select(piece => new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = piece } }),
            new { type = "ping" },
            new { type = "message_delta", delta = new { stop_reason = document.RootElement.GetProperty("stop_reason").GetString() } },
            new { type = "message_stop" },
        ];
        return string.Concat(events.Select(one => $"event: any\ndata: {JsonSerializer.Serialize(one)}\n\n"));
    }

    private static IEnumerable<string> Pieces(string? text) => (text ?? string.Empty).EnumerateRunes().Chunk(5).Select(runes => string.Concat(runes));

    private string Completion(ChatCall call, ChatAnswer answer)
    {
        var (text, finish) = Within(call, answer.Text ?? ScriptedModel.Reply(call), answer.Finish);
        var (input, output) = (InputOf(call), CountTokens(text));
        Interlocked.Add(ref _input, input);
        Interlocked.Add(ref _output, output);
        return JsonSerializer.Serialize<object>(call.IsMessages ? Message(answer, text, finish, input, output) : ChatCompletion(call, answer, text, finish, input, output));
    }

    private (string Text, string Finish) Within(ChatCall call, string text, string finish)
    {
        if (call.MaxTokens is not { } most || CountTokens(text) <= most)
        {
            return (text, finish);
        }

        var end = text.Length;
        while (CountTokens(text[..end]) > most)
        {
            end -= Math.Max(1, (int)(CountTokens(text[..end]) - most));
        }

        return (text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)], "length");
    }

    private object ChatCompletion(ChatCall call, ChatAnswer answer, string text, string finish, long input, long output) => new
    {
        id = $"chatcmpl-{call.Number}",
        @object = "chat.completion",
        model = call.Body.GetProperty("model").GetString(),
        choices = new[] { new { index = 0, message = new { role = "assistant", content = answer.Refusal is null ? text : null, refusal = answer.Refusal }, finish_reason = finish } },
        usage = SaysUsage ? new { prompt_tokens = input, completion_tokens = output, total_tokens = input + output } : null,
    };

    private object Message(ChatAnswer answer, string text, string finish, long input, long output) => new
    {
        type = "message",
        role = "assistant",
        content = answer.Refusal is null ? new[] { new { type = "text", text } } : [],
        stop_reason = answer.Refusal is not null ? "refusal" : finish switch { "stop" => "end_turn", "length" => "max_tokens", _ => finish },
        usage = SaysUsage ? new { input_tokens = input, output_tokens = output } : null,
    };

    private long InputOf(ChatCall call) => CountTokens(call.System) + CountTokens(call.User) + 8;
}
