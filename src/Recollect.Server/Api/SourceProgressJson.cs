namespace Recollect.Server.Api;

/// <summary>How far the source was read and how much there is, null where it does not say; in a unit of the source's own, such as bytes.</summary>
internal sealed record SourceProgressJson(long Done, long? Total);
