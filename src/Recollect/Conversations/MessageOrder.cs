namespace Recollect.Conversations;

/// <summary>The one order of a thread's messages: sent-at, the source's own order key, position.</summary>
/// <remarks>Of messages that are alike in all of these, id, text and role decide, so that the order never depends on how they arrived.</remarks>
public sealed class MessageOrder : IComparer<Message>
{
    /// <summary>The only instance.</summary>
    public static readonly MessageOrder Instance = new();

    private MessageOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(Message? x, Message? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var bySentAt = x.SentAt.UtcTicks.CompareTo(y.SentAt.UtcTicks);
        if (bySentAt != 0)
        {
            return bySentAt;
        }

        var byKey = CompareNaturally(x.OrderKey, y.OrderKey);
        if (byKey != 0)
        {
            return byKey;
        }

        var byPosition = x.Position.CompareTo(y.Position);
        return byPosition != 0 ? byPosition : CompareAlike(x, y);
    }

    private static int CompareAlike(Message x, Message y)
    {
        var byId = string.CompareOrdinal(x.Id, y.Id);
        var byText = byId != 0 ? byId : string.CompareOrdinal(x.Text, y.Text);
        return byText != 0 ? byText : string.CompareOrdinal(x.Role, y.Role);
    }

    /// <summary>Compares two keys so that runs of digits count as numbers: <c>"9:1"</c> comes before <c>"10:0"</c>.</summary>
    internal static int CompareNaturally(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        while (!x.IsEmpty && !y.IsEmpty)
        {
            if (char.IsAsciiDigit(x[0]) && char.IsAsciiDigit(y[0]))
            {
                var left = TakeNumber(ref x);
                var right = TakeNumber(ref y);
                var byValue = left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
                if (byValue != 0)
                {
                    return byValue;
                }
            }
            else if (x[0] != y[0])
            {
                return x[0] - y[0];
            }
            else
            {
                x = x[1..];
                y = y[1..];
            }
        }

        return x.Length - y.Length;
    }

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
