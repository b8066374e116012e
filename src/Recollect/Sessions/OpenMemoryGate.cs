namespace Recollect.Sessions;

/// <summary>Gives memory to everyone.</summary>
internal sealed class OpenMemoryGate : IMemoryGate
{
    /// <inheritdoc/>
    public ValueTask<bool> IsOnAsync(string person, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <inheritdoc/>
    public ValueTask<bool> IsAnybodyOnAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
