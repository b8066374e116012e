namespace Recollect.IntegrationTests.Supabase;

/// <summary>One call that reached the gateway.</summary>
/// <param name="Path">The path.</param>
/// <param name="Query">The query, as it was sent.</param>
/// <param name="Headers">All headers.</param>
internal sealed record GatewayCall(string Path, string Query, IReadOnlyDictionary<string, string> Headers);
