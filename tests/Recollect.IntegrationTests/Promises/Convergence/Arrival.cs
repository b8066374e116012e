using Recollect.Conversations;

namespace Recollect.IntegrationTests.Promises.Convergence;

/// <summary>A message that gets to the source some time after it was sent.</summary>
/// <param name="Thread">Its thread.</param>
/// <param name="IsGiven">Whether the source has the thread as one conversation.</param>
/// <param name="Message">The message.</param>
/// <param name="At">When the source gets it.</param>
internal sealed record Arrival(ThreadKey Thread, bool IsGiven, Message Message, DateTimeOffset At);
