namespace Recollect.Bots;

/// <summary>What a channel has to tell; it tells it again until it is acknowledged.</summary>
/// <param name="Receipt">What the channel is acknowledged with.</param>
/// <param name="Kind">What it is, in the channel's own words, for logs.</param>
/// <param name="Message">What somebody wrote; null when it is something else, or nothing that can be read.</param>
public sealed record ChannelNotice(string Receipt, string Kind, ChannelMessage? Message);
