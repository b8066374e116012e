namespace Recollect.Cli.Output;

/// <summary>What <c>sessions show --json</c> prints.</summary>
internal sealed record SessionShownJson(SessionJson Session, IReadOnlyList<SessionMessageJson> Messages);
