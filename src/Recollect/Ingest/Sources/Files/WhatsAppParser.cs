using System.Text;
using System.Text.Unicode;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Makes messages of the lines of one WhatsApp export; a message may go over several lines.</summary>
internal sealed class WhatsAppParser : IDisposable
{
    private readonly ReadContext _context;
    private readonly string _place;
    private readonly WhatsAppDateOrder _order;
    private readonly SourceThread _thread;
    private readonly TimeZoneInfo _zone;
    private readonly HashSet<string> _assistants;
    private readonly MissingId _missingId = new();
    private readonly StringBuilder _text = new();
    private bool _hasBegun; // false: no line was a header yet
    private string? _sender; // null: lines belong to nothing that is kept
    private DateTimeOffset _sentAt;
    private long _number;

    /// <summary>Initializes a new instance of the <see cref="WhatsAppParser"/> class.</summary>
    /// <param name="file">Where the export is; its name is the thread's.</param>
    /// <param name="context">What belongs to the run.</param>
    /// <param name="order">Which number of a date is the day.</param>
    public WhatsAppParser(FoundFile file, ReadContext context, WhatsAppDateOrder order)
    {
        (_place, _context, _order) = (file.Place, context, order);
        _thread = context.Threads.Get(new ThreadCache.Parts(
            context.Owner.Tenant, context.Owner.User, context.Owner.Scope, Workspace: null, ThreadName(file.Path), Session: null));
        _zone = TimeZoneInfo.FindSystemTimeZoneById(context.Options.TimeZone);
        _assistants = context.Options.WhatsAppAssistant.Select(WhatsAppHeader.WithoutMarks).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The message that ended before this line; null when none did.</returns>
    public SourceMessage? Take(in Line line)
    {
        if (line.IsTooLong || !Utf8.IsValid(line.Bytes.Span))
        {
            var before = Finish();
            _hasBegun = true; // what follows belongs to this line
            Skip(line.Number, line.IsTooLong ? TooLong : "is not valid UTF-8");
            return before;
        }

        var text = Encoding.UTF8.GetString(line.Bytes.Span);
        if (WhatsAppHeader.TryParse(text, out var header))
        {
            var before = Finish();
            Begin(header, line.Number);
            return before;
        }

        if (!_hasBegun && !string.IsNullOrWhiteSpace(text))
        {
            Skip(line.Number, "comes before the first message");
        }
        else if (_sender is not null)
        {
            Continue(text);
        }

        return null;
    }

    /// <summary>Ends the last message.</summary>
    /// <returns>The message; null when there is none.</returns>
    public SourceMessage? Finish()
    {
        if (_sender is null)
        {
            return null;
        }

        var role = _assistants.Contains(_sender) ? Roles.Assistant : Roles.User;
        var text = _text.ToString().TrimEnd('\n');
        var message = new Message
        {
            Id = _missingId.Next(_thread, role, _sentAt, text),
            Role = role,
            Author = _sender,
            Text = text,
            SentAt = _sentAt,
            Position = _context.NextPosition(),
        };
        _sender = null;
        return new SourceMessage { Thread = _thread, Message = message };
    }

    /// <inheritdoc/>
    public void Dispose() => _missingId.Dispose();

    private string TooLong => FormattableString.Invariant($"is longer than {_context.Options.MaxLineBytes} bytes (Sources:Files:MaxLineBytes)");

    /// <summary>A chat is called after its file, or after its folder where the file is only called <c>_chat.txt</c>.</summary>
    private static string ThreadName(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(path));
        return string.Equals(name, "_chat", StringComparison.Ordinal) && !string.IsNullOrEmpty(folder) ? folder : name;
    }

    private void Begin(in WhatsAppHeader header, long number)
    {
        (_hasBegun, _sender, _number) = (true, null, number);
        if (header.Sender is null)
        {
            return; // a notice of WhatsApp's own
        }

        if (header.Local(_order) is not { } local || !TryUtc(local, out _sentAt))
        {
            Skip(number, "is not a real date");
        }
        else if (_context.IsInFuture(_sentAt))
        {
            Skip(number, "lies in the future");
        }
        else
        {
            _sender = header.Sender;
            _text.Clear().Append(header.Text);
        }
    }

    private void Continue(string text)
    {
        if (_text.Length + text.Length < _context.Options.MaxLineBytes)
        {
            _text.Append('\n').Append(text);
            return;
        }

        _sender = null;
        _text.Clear();
        Skip(_number, TooLong);
    }

    /// <summary>A time that a change of clocks skipped or repeated counts as standard time, so that every export gives the same.</summary>
    private bool TryUtc(DateTime local, out DateTimeOffset moment)
    {
        var ticks = local.Ticks - _zone.GetUtcOffset(local).Ticks;
        var isKept = ticks >= DateTimeOffset.MinValue.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks;
        moment = isKept ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isKept;
    }

    private void Skip(long number, string reason) => _context.Skip(FormattableString.Invariant($"{_place}:{number}"), reason);
}
