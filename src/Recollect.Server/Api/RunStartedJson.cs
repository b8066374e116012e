namespace Recollect.Server.Api;

/// <summary>A run that began, and where to see how it gets on.</summary>
internal sealed record RunStartedJson(string RunId, string Location);
