using System.Text.Json;
using System.Text.Unicode;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Makes messages of the lines of one file.</summary>
/// <param name="context">What belongs to the run.</param>
internal sealed class JsonLineParser(ReadContext context) : IDisposable
{
    private const int MaxDepth = 64;

    private readonly JsonLineFields _fields = new();
    private readonly MissingId _missingId = new();

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="message">The message; null when the line is blank or cannot be read.</param>
    /// <returns>What is wrong, without any of the text; null when nothing is.</returns>
    public string? Parse(in Line line, out SourceMessage? message)
    {
        message = null;
        var bytes = line.Bytes.Span;
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..] : bytes; // where files were joined
        if (line.IsTooLong)
        {
            return FormattableString.Invariant($"is longer than {context.Options.MaxLineBytes} bytes (Sources:Files:MaxLineBytes)");
        }

        if (bytes.TrimStart(" \t\r"u8).IsEmpty)
        {
            return null;
        }

        if (!Utf8.IsValid(bytes))
        {
            return "is not valid UTF-8";
        }

        _fields.Clear();
        var reason = ReadFields(bytes, line.IsUnfinished) ?? _fields.Missing;
        if (reason is null && context.IsInFuture(_fields.SentAt!.Value))
        {
            reason = "sent_at lies in the future";
        }

        message = reason is null ? Make() : null;
        return reason;
    }

    /// <inheritdoc/>
    public void Dispose() => _missingId.Dispose();

    private string? ReadFields(ReadOnlySpan<byte> bytes, bool isUnfinished)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return "is not a JSON object";
            }

            string? reason = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                reason = _fields.Read(ref reader, bytes) ?? reason;
                reader.Skip(); // what is left of a value of the wrong kind
            }

            reader.Read(); // nothing may follow
            return reason;
        }
        catch (InvalidOperationException) // an escaped half of a surrogate pair
        {
            return "holds a key that is not text";
        }
        catch (JsonException)
        {
            return isUnfinished ? "ends in the middle; the file may still be growing"
                : reader.CurrentDepth >= MaxDepth - 1 ? FormattableString.Invariant($"is nested deeper than {MaxDepth} levels")
                : FormattableString.Invariant($"is not valid JSON at byte {reader.BytesConsumed + 1}");
        }
    }

    private SourceMessage Make()
    {
        var thread = context.Threads.Get(new ThreadCache.Parts(
            _fields[JsonLineField.Tenant] ?? Owner.DefaultTenant,
            _fields[JsonLineField.User] ?? Owner.DefaultUser,
            _fields[JsonLineField.Scope] ?? Owner.PersonalScope,
            _fields[JsonLineField.Workspace],
            _fields[JsonLineField.Thread]!,
            _fields[JsonLineField.Session]));
        var role = _fields[JsonLineField.Role]!;
        var text = _fields[JsonLineField.Text]!;
        var sentAt = _fields.SentAt!.Value;
        var id = _fields[JsonLineField.Id] ?? _missingId.Next(thread, role, sentAt, text);
        var message = new Message
        {
            Id = id,
            Role = role,
            Text = text,
            SentAt = sentAt,
            Author = _fields[JsonLineField.Name],
            Position = context.NextPosition(),
        };
        return new SourceMessage { Thread = thread, Message = _fields.Metadata is { } metadata ? message with { Metadata = metadata } : message };
    }
}
