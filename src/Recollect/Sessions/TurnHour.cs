namespace Recollect.Sessions;

/// <summary>The turns of one hour, in numbers.</summary>
internal sealed class TurnHour
{
    /// <summary>Gets or sets the hour's beginning.</summary>
    public DateTimeOffset Hour { get; set; }

    /// <summary>Gets or sets how many messages were answered.</summary>
    public long Answered { get; set; }

    /// <summary>Gets or sets how many were not answered properly.</summary>
    public long Failed { get; set; }

    /// <summary>Gets or sets how many turns took so long, by the number of their step in <see cref="TurnNumbers"/>.</summary>
    public Dictionary<int, long> Durations { get; set; } = [];

    /// <summary>Adds the numbers of another one.</summary>
    public void Add(TurnHour other)
    {
        Answered += other.Answered;
        Failed += other.Failed;
        foreach (var (step, count) in other.Durations)
        {
            Durations[step] = Durations.GetValueOrDefault(step) + count;
        }
    }
}
