namespace Recollect.Ingest.Sources.Tables;

/// <summary>The row after which reading goes on. The server compares; here the values are only carried, as the server wrote them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UpdatedAt">When it changed; null where rows are read in the order of ids alone.</param>
internal sealed record TableCursor(string Id, string? UpdatedAt);
