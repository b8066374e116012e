namespace Recollect.Ingest.Sources.Files;

/// <summary>
/// Finds out which number of a file's dates is the day: the reading with fewer impossible dates, then the one in which
/// time runs backwards less often, then the day first.
/// </summary>
internal sealed class WhatsAppDates
{
    private readonly Reading _dayFirst = new(WhatsAppDateOrder.Dmy);
    private readonly Reading _monthFirst = new(WhatsAppDateOrder.Mdy);

    /// <summary>Gets the decision.</summary>
    public WhatsAppDateOrder Order => _monthFirst.Faults.CompareTo(_dayFirst.Faults) < 0 ? WhatsAppDateOrder.Mdy : WhatsAppDateOrder.Dmy;

    /// <summary>Takes the next date of the file into account.</summary>
    /// <param name="header">The header.</param>
    public void Observe(in WhatsAppHeader header)
    {
        if (!header.IsYearFirst)
        {
            _dayFirst.Observe(header);
            _monthFirst.Observe(header);
        }
    }

    private sealed class Reading(WhatsAppDateOrder order)
    {
        private DateTime _last = DateTime.MinValue;
        private int _impossible;
        private int _backwards;

        public (int Impossible, int Backwards) Faults => (_impossible, _backwards);

        public void Observe(in WhatsAppHeader header)
        {
            if (header.Local(order) is not { } local)
            {
                _impossible++;
                return;
            }

            _backwards += local < _last ? 1 : 0;
            _last = local;
        }
    }
}
