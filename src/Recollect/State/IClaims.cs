namespace Recollect.State;

/// <summary>Who is working on which conversation of a source, so that no two workers make one at once. A claim ends by itself when its holder does not renew it.</summary>
/// <remarks>
/// A claim ends at the moment that its duration reaches, not after it; one of no or a negative duration has ended at once. The clock is that of the state store
/// where it has one that all workers share, else that of the machine. A holder whose claim ended and was taken by another is not told: it sees that
/// <see cref="RenewAsync"/> counts fewer than it claimed.
/// </remarks>
public interface IClaims
{
    /// <summary>Claims those that are free, that have ended, or that the holder has already; these last as long from now as the others. Of several callers who claim one at once, one gets it.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="threads">The source's own ids of conversations; one that is named twice is claimed once.</param>
    /// <param name="holder">Names the worker and what it does; unique.</param>
    /// <param name="duration">How long the claims last from now.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The ids that the holder has now; the others are somebody else's.</returns>
    ValueTask<IReadOnlyCollection<string>> ClaimAsync(string source, IReadOnlyCollection<string> threads, string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Lets all claims of a holder, of every source, last that long from now, also those that have ended and that nobody took.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>How many claims it has.</returns>
    ValueTask<int> RenewAsync(string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives claims back. Those of others, and unknown ones, stay as they are.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="threads">The source's own ids of conversations.</param>
    /// <param name="holder">The holder.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask ReleaseAsync(string source, IReadOnlyCollection<string> threads, string holder, CancellationToken cancellationToken);
}
