namespace Recollect.Connectors.Neo4j;

/// <summary>Finds the HTTP Query API from an address of Neo4j in any of its usual forms.</summary>
internal static class QueryAddress
{
    private const int BoltPort = 7687;
    private const int HttpPort = 7474;
    private const int HttpsPort = 7473;
    private const string Aura = ".databases.neo4j.io";
    private const string Expected = "expected an address such as neo4j+s://id.databases.neo4j.io, bolt://localhost:7687 or http://localhost:7474";

    /// <summary>Says what is wrong with an address, without repeating it, as it may hold a password; null when nothing is.</summary>
    public static string? WhatIsWrongWith(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"is empty; {Expected}.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || Kind(uri) is null)
        {
            return $"is no address of Neo4j; {Expected}.";
        }

        return uri.UserInfo.Length > 0 ? $"holds a user or password; {Expected}, and put them into User and Password."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? $"holds a query or fragment; {Expected}, and put the database into Database."
            : IsBolt(uri) && uri.AbsolutePath.Length > 1 ? $"holds a path; {Expected}."
            : IsBolt(uri) && !uri.IsDefaultPort && uri.Port is not (-1 or BoltPort) ? $"names a Bolt port of its own, from which the port of the HTTP Query API cannot be told; give that address instead, such as http://{uri.Host}:{HttpPort}."
            : null;
    }

    /// <summary>Gets the address that queries are posted to.</summary>
    /// <param name="text">An address that nothing is wrong with.</param>
    /// <param name="database">The database.</param>
    public static Uri Of(string text, string database)
    {
        var uri = new Uri(text);
        var isSecure = Kind(uri) is true;
        var path = $"{(IsBolt(uri) ? string.Empty : uri.AbsolutePath.TrimEnd('/'))}/db/{Uri.EscapeDataString(database)}/query/v2";
        var port = !IsBolt(uri) ? uri.Port : uri.Host.EndsWith(Aura, StringComparison.OrdinalIgnoreCase) ? -1 : isSecure ? HttpsPort : HttpPort;
        return new UriBuilder(isSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, uri.Host, port, path).Uri;
    }

    private static bool IsBolt(Uri uri) => uri.Scheme is not ("http" or "https");

    // True for a secure one, null for another protocol. Aura answers securely only.
    private static bool? Kind(Uri uri) => uri.Scheme switch
    {
        "https" or "bolt+s" or "bolt+ssc" or "neo4j+s" or "neo4j+ssc" => true,
        "bolt" or "neo4j" => uri.Host.EndsWith(Aura, StringComparison.OrdinalIgnoreCase),
        "http" => false,
        _ => null,
    };
}
