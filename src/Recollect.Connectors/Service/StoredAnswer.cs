namespace Recollect.Connectors.Service;

/// <summary>A memory that was stored.</summary>
/// <param name="Id">Its id.</param>
internal sealed record StoredAnswer(string Id);
