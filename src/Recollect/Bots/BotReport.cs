namespace Recollect.Bots;

/// <summary>What a bot did.</summary>
/// <param name="Answered">Messages that were answered.</param>
/// <param name="Failed">Messages whose answer was an apology, or could not be sent.</param>
/// <param name="Ignored">Messages and notices that ask for no answer.</param>
public sealed record BotReport(int Answered, int Failed, int Ignored);
