using Recollect.Sessions;

namespace Recollect.Server.Web.Sessions;

/// <summary>The live conversations of a bot.</summary>
/// <param name="Sessions">The latest of them, latest first.</param>
/// <param name="Count">How many there are.</param>
public sealed record SessionsModel(IReadOnlyList<Session> Sessions, int Count);
