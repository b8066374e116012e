namespace Recollect.Bots;

/// <summary>A place where people write to a bot and are answered.</summary>
/// <remarks>One caller at a time. What fails is a <see cref="ChannelException"/>; whoever calls tries again.</remarks>
public interface IChatChannel
{
    /// <summary>Gets the name that configuration and the command line use.</summary>
    string Name { get; }

    /// <summary>Waits for what comes next. The same comes again until it is acknowledged.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The notice; null when nothing came for a while.</returns>
    ValueTask<ChannelNotice?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends a text.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="text">The text; not empty. What is longer than the channel takes is cut.</param>
    /// <param name="cancellationToken">Stops the call; the text may have been sent.</param>
    ValueTask SendAsync(string chat, string text, CancellationToken cancellationToken);

    /// <summary>Says that a notice is done with. Doing it again is fine.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask AcknowledgeAsync(ChannelNotice notice, CancellationToken cancellationToken);

    /// <summary>Checks address, key and settings and says how to mend what is wrong.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
