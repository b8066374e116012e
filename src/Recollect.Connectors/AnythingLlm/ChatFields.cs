using System.Globalization;
using System.Text;
using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Reads the fields of one chat, and says what is wrong with the first that cannot be read.</summary>
/// <param name="row">What stands in the list of chats.</param>
internal sealed class ChatFields(JsonElement row)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1); // clocks differ; more than a day is no clock

    /// <summary>Gets the id, as soon as it is known.</summary>
    public long? Id { get; private set; }

    /// <summary>Gets what is wrong, without any of the text; empty when nothing is.</summary>
    public string Problem { get; private set; } = string.Empty;

    /// <summary>Reads the chat.</summary>
    /// <param name="now">What the clock shows.</param>
    /// <returns>Null when it cannot be read.</returns>
    public ChatRow? Read(DateTimeOffset now)
    {
        if (row.ValueKind is not JsonValueKind.Object)
        {
            return Wrong<ChatRow>("is not an object");
        }

        try
        {
            Id = Integer("id");
            var session = Text("api_session_id");
            var createdAt = Time("createdAt", now, out var createdAtText);
            var chat = new ChatRow
            {
                Id = Id ?? 0,
                Workspace = Text("workspaceId") ?? Wrong<string>("workspaceId is missing") ?? string.Empty,
                WorkspaceName = NameOf("workspace", "name", isNeeded: false),
                Thread = Text("thread_id"),
                User = NameOf("user", "username", isNeeded: true) ?? (session is null ? "unknown user" : "API"),
                Session = session,
                CreatedAt = createdAt,
                CreatedAtText = createdAtText,
                IsHidden = IsFalse("include"),
                Prompt = Prompt(),
                Response = Filled(Response()),
            };
            return Problem.Length == 0 ? chat : null;
        }
        catch (InvalidOperationException) // a field's name with half of a surrogate pair, which the parser finds out late
        {
            return Wrong<ChatRow>("has a field whose name is no text");
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private T? Wrong<T>(string problem)
        where T : class
    {
        Problem = Problem.Length == 0 ? problem : Problem;
        return null;
    }

    private bool TryGet(string name, out JsonElement value) => row.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;

    private long? Integer(string name)
    {
        if (TryGet(name, out var value)
            && ((value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number))
                || (value.ValueKind is JsonValueKind.String && long.TryParse(JsonText.Of(value), NumberStyles.None, CultureInfo.InvariantCulture, out number))))
        {
            return number;
        }

        Wrong<string>($"{name} is not a whole number");
        return null;
    }

    /// <summary>Reads a name or number that tells threads apart; null when there is none.</summary>
    private string? Text(string name) => !TryGet(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => Filled(JsonText.Of(value)),
        JsonValueKind.Number => value.GetRawText(),
        _ => Wrong<string>($"{name} is neither text nor a number"),
    };

    private DateTimeOffset Time(string name, DateTimeOffset now, out string text)
    {
        var moment = default(DateTimeOffset);
        text = string.Empty;
        string? wrong;
        if (!TryGet(name, out var value))
        {
            wrong = "is missing";
        }
        else if (value.ValueKind is JsonValueKind.String)
        {
            text = JsonText.Of(value);
            wrong = Moment.Read(Encoding.UTF8.GetBytes(text), out moment);
        }
        else
        {
            text = value.GetRawText();
            wrong = value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? Moment.OfUnix(number, out moment) : "is not a time";
        }

        wrong ??= moment - now > Ahead ? "lies more than a day in the future" : null;
        if (wrong is not null)
        {
            Wrong<string>($"{name} {wrong}");
        }

        return moment;
    }

    /// <summary>Reads the name of something. A wrong one that is not needed is passed over, so that the chat is not lost for it.</summary>
    private string? NameOf(string thing, string field, bool isNeeded)
    {
        if (!TryGet(thing, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            return isNeeded ? Wrong<string>($"{thing} is not an object") : null;
        }

        if (!value.TryGetProperty(field, out var name) || name.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return name.ValueKind is JsonValueKind.String ? Filled(JsonText.Of(name)) : isNeeded ? Wrong<string>($"{field} is not text") : null;
    }

    private bool IsFalse(string name)
    {
        if (!TryGet(name, out var value) || value.ValueKind is JsonValueKind.True)
        {
            return false;
        }

        if (value.ValueKind is not JsonValueKind.False)
        {
            Wrong<string>($"{name} is neither true nor false");
        }

        return true;
    }

    private string? Prompt() => !TryGet("prompt", out var value) ? null
        : value.ValueKind is JsonValueKind.String ? Filled(JsonText.Of(value))
        : Wrong<string>("prompt is not text");

    private string? Response() => !TryGet("response", out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => AnswerText.Of(JsonText.Of(value)),
        JsonValueKind.Object => AnswerText.Of(value),
        _ => Wrong<string>("response is not text"),
    };
}
