using System.Globalization;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>What one reading of the tables keeps account of.</summary>
/// <param name="observer">Is told of it.</param>
internal sealed class TableReading(IReadObserver observer)
{
    private long _done;
    private long? _total;
    private long _empty;

    /// <summary>Takes the number of conversations that the server counts, where it does.</summary>
    public void Expect(long? total) => _total = total + _done ?? _total;

    /// <summary>Reports a row that cannot be read.</summary>
    public void Skip(UnreadableItem item) => observer.OnUnreadable(item);

    /// <summary>Counts a batch that was read.</summary>
    /// <param name="conversations">How many conversations it had.</param>
    /// <param name="empty">How many of them have no messages.</param>
    public void Count(int conversations, int empty)
    {
        (_done, _empty) = (_done + conversations, _empty + empty);
        observer.OnProgress(_done, _total >= _done ? _total : null); // rows that came meanwhile are not in the total
    }

    /// <summary>Says at the end what gave nothing.</summary>
    public void End()
    {
        if (_empty > 0)
        {
            observer.OnNotice(_empty == 1
                ? "1 conversation has no messages and was passed over."
                : string.Create(CultureInfo.InvariantCulture, $"{_empty} conversations have no messages and were passed over."));
        }
    }
}
