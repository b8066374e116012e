namespace Recollect.Server.Reference;

/// <summary>What a task answers.</summary>
/// <param name="Message">A sentence.</param>
internal sealed record TaskMessageJson(string Message);
