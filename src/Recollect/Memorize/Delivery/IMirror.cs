namespace Recollect.Memorize.Delivery;

/// <summary>Keeps a copy of the stored memories in the shape that another program expects.</summary>
/// <remarks>
/// Passes <c>MirrorConformance</c>. Members are called one at a time, under the lock of a run. The copy follows the store:
/// it holds nothing that another mirror, or a later refresh, could not make again, but for what it took over.
/// </remarks>
public interface IMirror
{
    /// <summary>Gets the name that configuration uses to choose this mirror.</summary>
    string Name { get; }

    /// <summary>Takes over what another program left in the mirror's place, before a run writes anything. Doing it again changes nothing.</summary>
    /// <param name="cancellationToken">Stops the work; what is half done is done again next time.</param>
    /// <exception cref="DeliveryException">What is there cannot be read or kept.</exception>
    ValueTask BeginAsync(CancellationToken cancellationToken);

    /// <summary>Brings the copy up to date with the store, whole or not at all; writes nothing where nothing differs.</summary>
    /// <param name="onNotice">Is told what the reader of the report should know, without text of messages.</param>
    /// <param name="cancellationToken">Stops before the copy is replaced.</param>
    /// <exception cref="DeliveryException">The copy cannot be written; the one before is still there.</exception>
    ValueTask RefreshAsync(Action<string> onNotice, CancellationToken cancellationToken);

    /// <summary>Removes a user from what was taken over, so that a refresh does not bring it back.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Stops before anything is replaced.</param>
    /// <returns>How many entries were removed.</returns>
    /// <exception cref="DeliveryException">What was taken over cannot be read or written.</exception>
    ValueTask<long> ForgetAsync(string tenant, string user, CancellationToken cancellationToken);
}
