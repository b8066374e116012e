namespace Recollect.Connectors;

/// <summary>Makes the HTTP clients of connectors, all in one way: they follow no redirect and keep no cookie, so that no credential leaves for another host.</summary>
internal static class HttpConnection
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5); // so that a changed address is noticed

    /// <summary>Makes a client that serves a connector for the life of the process.</summary>
    /// <remarks>It never gives up by itself: each call brings its own timeout.</remarks>
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = Lifetime,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
