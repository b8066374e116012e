using System.Runtime.CompilerServices;
using System.Text;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>A chat exported from WhatsApp on Android or iOS, in the language and date order of the phone.</summary>
internal sealed class WhatsAppFormat : IFileFormat
{
    private const int LinesToLookAt = 20;

    /// <inheritdoc/>
    public string Title => "WhatsApp export";

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> head, bool isWhole)
    {
        var lines = 0;
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range];
            if (WhatsAppHeader.TryParse(Encoding.UTF8.GetString(line), out _))
            {
                return true;
            }

            if (++lines == LinesToLookAt)
            {
                break;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceMessage> ReadAsync(
        FileContent file, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = context.Options.WhatsAppDateOrder == WhatsAppDateOrder.Auto
            ? await DecideOrderAsync(file, context, cancellationToken)
            : context.Options.WhatsAppDateOrder;
        using var parser = new WhatsAppParser(file.File, context, order);
        using var lines = new LineReader(file.OpenText(), context.Options.MaxLineBytes);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryTake(out var line))
            {
                if (parser.Take(line) is { } message)
                {
                    yield return message;
                }
            }
        }

        if (parser.Finish() is { } last)
        {
            yield return last;
        }
    }

    private static async ValueTask<WhatsAppDateOrder> DecideOrderAsync(FileContent file, ReadContext context, CancellationToken cancellationToken)
    {
        var dates = new WhatsAppDates();
        using var lines = new LineReader(file.OpenText(), context.Options.MaxLineBytes);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryTake(out var line))
            {
                if (WhatsAppHeader.TryParse(Encoding.UTF8.GetString(line.Bytes.Span), out var header))
                {
                    dates.Observe(header);
                }
            }
        }

        return dates.Order;
    }
}
