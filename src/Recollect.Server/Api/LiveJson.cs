namespace Recollect.Server.Api;

/// <summary>The process runs.</summary>
internal sealed record LiveJson(string Status);
