namespace Recollect.Sessions;

/// <summary>What a sweep did.</summary>
/// <param name="Ended">The ended sessions that it found.</param>
/// <param name="Archived">Those whose memory is stored, or of which there is none to make, and that are archived now.</param>
public sealed record SweepReport(int Ended, int Archived)
{
    /// <summary>Gets how many are left for the next sweep.</summary>
    public int Left => Ended - Archived;
}
