using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recollect.Conformance.Servers;

/// <summary>
/// Stands in for one instance of GREEN-API: a queue of notifications that gives its first again and again until that is
/// deleted, and a list of what was sent. A script may answer something else first.
/// </summary>
[SuppressMessage("Design", "CA1054", Justification = "Options hold addresses as text")]
public sealed class GreenApiServer : IAsyncDisposable
{
    /// <summary>The id of the instance.</summary>
    public const string Instance = "1101000001";

    /// <summary>The token of the instance.</summary>
    public const string Token = "TEST-d75b3a66374942c5b3c019c698abc2067e151558acbd412345";

    private readonly Lock _lock = new();
    private readonly WebApplication _application;
    private readonly LinkedList<(long Receipt, JsonNode Body)> _queue = new();
    private readonly List<GreenApiMessage> _sent = [];
    private readonly List<string> _calls = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _receipts = 1_000_000;

    private GreenApiServer(WebApplication application) => _application = application;

    /// <summary>Gets the address to configure.</summary>
    public string Url => _application.Urls.First();

    /// <summary>Gets or sets what answers first, by the method's name; null for a call: the server does.</summary>
    public Func<string, WebhookAnswer?> Script { get; set; } = static _ => null;

    /// <summary>Gets or sets the settings of the instance.</summary>
    public string Settings { get; set; } = """{"incomingWebhook":"yes","webhookUrl":""}""";

    /// <summary>Gets or sets what an empty queue is answered with: <c>null</c>, or nothing at all.</summary>
    public string Empty { get; set; } = "null";

    /// <summary>Gets or sets how long an empty queue waits for something to come.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets what was sent, in order.</summary>
    public IReadOnlyList<GreenApiMessage> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>Gets the names of the methods that were called, in order.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Gets how many notifications wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<GreenApiServer> StartAsync()
    {
        var application = LocalServer.Build();
        var server = new GreenApiServer(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>Adds a text that somebody writes.</summary>
    /// <param name="chat">The chat, such as <c>972501234567@c.us</c>.</param>
    /// <param name="id">The id of the message.</param>
    /// <param name="text">The text.</param>
    /// <param name="sender">Who writes; null: the other side of the chat.</param>
    public void Write(string chat, string id, string text, string? sender = null) => Notify(new JsonObject
    {
        ["typeWebhook"] = "incomingMessageReceived",
        ["timestamp"] = 1_588_091_580,
        ["idMessage"] = id,
        ["senderData"] = new JsonObject { ["chatId"] = chat, ["sender"] = sender ?? chat, ["senderName"] = "Dana" },
        ["messageData"] = new JsonObject { ["typeMessage"] = "textMessage", ["textMessageData"] = new JsonObject { ["textMessage"] = text } },
    });

    /// <summary>Adds any notification.</summary>
    /// <param name="body">Its body.</param>
    public void Notify(JsonNode body)
    {
        lock (_lock)
        {
            _queue.AddLast((++_receipts, body));
            _arrival.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var name = parts.ElementAtOrDefault(1) ?? string.Empty;
        lock (_lock)
        {
            _calls.Add(name);
        }

        var answer = parts.Length < 3 || parts[0] is not $"waInstance{Instance}" ? WebhookAnswer.Of(403)
            : parts[2] is not Token ? WebhookAnswer.Of(401)
            : Script(name) ?? await DoAsync(context, name, parts.ElementAtOrDefault(3));
        await answer.SendAsync(context);
    }

    private async Task<WebhookAnswer> DoAsync(HttpContext context, string name, string? rest) => (context.Request.Method, name) switch
    {
        ("GET", "receiveNotification") => await ReceiveAsync(context.RequestAborted),
        ("DELETE", "deleteNotification") => Delete(rest),
        ("POST", "sendMessage") => Take(await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body)),
        ("GET", "getSettings") => WebhookAnswer.Of(200, Settings),
        _ => WebhookAnswer.Of(404),
    };

    private async Task<WebhookAnswer> ReceiveAsync(CancellationToken aborted)
    {
        Task arrival;
        lock (_lock)
        {
            arrival = _queue.Count > 0 ? Task.CompletedTask : _arrival.Task;
        }

        try
        {
            await arrival.WaitAsync(Patience, aborted);
        }
        catch (TimeoutException)
        {
            return WebhookAnswer.Of(200, Empty);
        }

        lock (_lock)
        {
            return _queue.First is { } first
                ? WebhookAnswer.Of(200, new JsonObject { ["receiptId"] = first.Value.Receipt, ["body"] = first.Value.Body.DeepClone() }.ToJsonString())
                : WebhookAnswer.Of(200, Empty);
        }
    }

    private WebhookAnswer Delete(string? receipt)
    {
        lock (_lock)
        {
            var isFirst = _queue.First is { } first && string.Equals(first.Value.Receipt.ToString(CultureInfo.InvariantCulture), receipt, StringComparison.Ordinal);
            if (isFirst)
            {
                _queue.RemoveFirst();
                _arrival = _queue.Count > 0 ? _arrival : new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return WebhookAnswer.Of(200, isFirst ? """{"result":true,"reason":""}""" : """{"result":false,"reason":"unknown receipt"}""");
        }
    }

    private WebhookAnswer Take(JsonObject? message)
    {
        var (chat, text) = ((string?)message?["chatId"], (string?)message?["message"]);
        if (chat is null || text is not { Length: > 0 and <= 20_000 })
        {
            return WebhookAnswer.Of(400, "Validation failed. Details: 'message' length must be less than or equal to 20000 characters long");
        }

        lock (_lock)
        {
            _sent.Add(new(chat, text));
            return WebhookAnswer.Of(200, $$"""{"idMessage":"3EB0{{_sent.Count:X16}}"}""");
        }
    }
}
