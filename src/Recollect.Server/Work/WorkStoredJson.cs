namespace Recollect.Server.Work;

/// <summary>A memory that was stored.</summary>
/// <param name="Id">Its id.</param>
internal sealed record WorkStoredJson(string Id);
