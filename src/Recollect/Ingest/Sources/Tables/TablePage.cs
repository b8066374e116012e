using System.Text.Json;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Some conversations.</summary>
/// <param name="Rows">One object each; none: there are no more.</param>
/// <param name="Total">How many there are for all pages together, for showing progress; null when the server was not asked or did not say.</param>
internal sealed record TablePage(IReadOnlyList<JsonElement> Rows, long? Total = null);
