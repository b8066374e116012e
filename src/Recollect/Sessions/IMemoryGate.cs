namespace Recollect.Sessions;

/// <summary>Says who has memory, so that it can be switched on step by step.</summary>
/// <remarks>It is asked for every message, so that switching needs no restart. Every member is safe to call concurrently.</remarks>
public interface IMemoryGate
{
    /// <summary>Tells whether memory is on for a person. Where it is off nothing is read and nothing is kept.</summary>
    /// <param name="person">The person, as the channel names them.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    ValueTask<bool> IsOnAsync(string person, CancellationToken cancellationToken);

    /// <summary>Tells whether memory is on for anybody. Where it is not, ended sessions stay as they are.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    ValueTask<bool> IsAnybodyOnAsync(CancellationToken cancellationToken);
}
